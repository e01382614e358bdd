//! The places that a field appears in, as the `in:` of a field writes them.

/// A place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Spot {
    Response,
    Create,
    Update,
    Request,
}

/// A place, and when the field is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marked {
    pub(super) spot: Spot,
    pub(super) required: bool,
    pub(super) nullable: bool,
    pub(super) optional: bool,
}

impl Spot {
    const ALL: [Self; 4] = [Self::Response, Self::Create, Self::Update, Self::Request];

    /// The word for it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Response => "response",
            Self::Create => "create",
            Self::Update => "update",
            Self::Request => "request",
        }
    }
}

impl Spot {
    /// The place that a word names.
    pub(super) fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|spot| spot.word() == word)
    }
}

impl Marked {
    pub(super) fn bare(spot: Spot) -> Self {
        Self { spot, required: false, nullable: false, optional: false }
    }

    /// Reads `create!~`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let word = text.trim_end_matches(['!', '~', '-']);
        let marks = &text[word.len()..];
        let spot = Spot::of_word(word)?;
        Some(Self {
            spot,
            required: marks.contains('!'),
            nullable: marks.contains('~'),
            optional: marks.contains('-'),
        })
    }

    /// As it is written.
    pub(super) fn text(self) -> String {
        let mark = |set: bool, mark: &'static str| if set { mark } else { "" };
        let marks = [
            mark(self.required, "!"),
            mark(self.nullable, "~"),
            mark(self.optional, "-"),
        ];
        format!("{}{}", self.spot.word(), marks.concat())
    }

    /// Whether there is nothing to say but that the field is there.
    pub(super) fn is_bare(self) -> bool {
        self == Self::bare(self.spot)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_written_as_they_are_read() {
        for text in ["response", "create!", "update~", "create!~", "response~-"] {
            assert_eq!(Marked::parse(text).map(Marked::text).as_deref(), Some(text));
        }
        assert_eq!(Marked::parse("reply"), None);
    }
}
