//! Undoing the compression of responses: outcomes of attempts go in as they came, and come
//! out with plain bodies that are within the limit.

use http::HeaderMap;
use http::header::CONTENT_ENCODING;

use crate::excerpt;

/// True if this crate requests compressed responses, which a feature enables for all clients of
/// a program.
pub const HAS_GZIP: bool = cfg!(feature = "gzip");

/// The content coding that requests ask for. Without the header, any coding is acceptable.
pub(crate) const ACCEPTED: &str = if HAS_GZIP { "gzip" } else { "identity" };

/// The coding of a body that could not be undone, if it has one.
pub(crate) fn content_coding(headers: &HeaderMap) -> Option<String> {
    let coding = headers.get(CONTENT_ENCODING)?;
    let coding = excerpt(&String::from_utf8_lossy(coding.as_bytes()));
    let none = coding.is_empty() || coding.eq_ignore_ascii_case("identity");
    (!none).then_some(coding)
}

/// Says that a body cannot be read because of its coding.
pub(crate) fn encoded(coding: &str) -> String {
    if coding.eq_ignore_ascii_case(ACCEPTED) {
        return format!("the body is encoded as {coding} and cannot be decompressed");
    }
    format!("the body is encoded as {coding}, although `{ACCEPTED}` was asked for")
}

#[cfg(not(feature = "gzip"))]
pub use unchanged::decompressed;

#[cfg(not(feature = "gzip"))]
mod unchanged {
    //! Nothing is asked for, and nothing is undone.

    use crate::{HttpResponse, TransportError};

    /// Returns the outcome of an attempt unchanged: without the feature `gzip`, no compressed responses are requested.
    pub fn decompressed(
        outcome: Result<HttpResponse, TransportError>,
        _limit: usize,
    ) -> Result<HttpResponse, TransportError> {
        outcome
    }
}

#[cfg(feature = "gzip")]
pub use decompression::decompressed;

#[cfg(feature = "gzip")]
mod decompression {
    //! Bodies are decompressed once they are whole, so that a transport needs to know
    //! nothing of it. The compressed body is within the limit, and so is what it becomes.

    use std::io::Read;

    use flate2::bufread::MultiGzDecoder;
    use http::HeaderValue;
    use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};

    use crate::{HttpResponse, TransportError};

    /// Returns the outcome of an attempt with its body decompressed, which fails if it becomes longer than the limit. A
    /// damaged body is returned unchanged.
    pub fn decompressed(
        outcome: Result<HttpResponse, TransportError>,
        limit: usize,
    ) -> Result<HttpResponse, TransportError> {
        match outcome {
            Ok(response) if is_compressed(&response) => whole(response, limit),
            Err(mut error) => match error.take_partial() {
                Some(response) if is_compressed(&response) => {
                    let (beginning, _) = decompress(response.body(), limit);
                    Err(error.with_partial(with_body(response, beginning)))
                }
                Some(response) => Err(error.with_partial(response)),
                None => Err(error),
            },
            outcome => outcome,
        }
    }

    fn is_compressed(response: &HttpResponse) -> bool {
        let coding = response.headers().get(CONTENT_ENCODING).map(HeaderValue::as_bytes);
        let coding = coding.unwrap_or_default().trim_ascii();
        let is_gzip = [b"gzip".as_slice(), b"x-gzip"]
            .iter()
            .any(|name| coding.eq_ignore_ascii_case(name));
        is_gzip && !response.body().is_empty()
    }

    fn whole(
        response: HttpResponse,
        limit: usize,
    ) -> Result<HttpResponse, TransportError> {
        match decompress(response.body(), limit) {
            (body, Ok(true)) => Ok(with_body(response, body)),
            (body, Ok(false)) => {
                let partial = with_body(response, body);
                Err(TransportError::body_too_large().with_partial(partial))
            }
            (_, Err(_)) => Ok(response),
        }
    }

    /// Returns the content of a body up to the limit, and an error if it is incomplete.
    fn decompress(body: &[u8], limit: usize) -> (Vec<u8>, std::io::Result<bool>) {
        let mut plain = Vec::new();
        let room = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
        let read = MultiGzDecoder::new(body).take(room).read_to_end(&mut plain);
        let fits = plain.len() <= limit;
        plain.truncate(limit);
        (plain, read.map(|_| fits))
    }

    /// The response with another body, which has no coding and another length.
    fn with_body(mut response: HttpResponse, body: Vec<u8>) -> HttpResponse {
        response.headers_mut().remove(CONTENT_ENCODING);
        response.headers_mut().remove(CONTENT_LENGTH);
        *response.body_mut() = body;
        response
    }
}
