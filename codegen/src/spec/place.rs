//! The places a field appears in, as the `in:` of a field names them.

/// A body that contains fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    Response,
    Create,
    Update,
    Request,
}

impl Place {
    pub(crate) const ALL: [Self; 4] =
        [Self::Response, Self::Create, Self::Update, Self::Request];

    /// Returns the word for it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Response => "response",
            Self::Create => "create",
            Self::Update => "update",
            Self::Request => "request",
        }
    }

    /// Returns the body of an item of `in:`, regardless of its marks.
    pub(crate) fn of(text: &str) -> Option<Self> {
        Self::parse(text.trim_end_matches(Marked::MARKS))
    }

    /// Returns the body with this name.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|place| place.word() == word)
    }
}

/// A place, and when the field is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Marked {
    pub(crate) place: Place,
    pub(crate) required: bool,
    pub(crate) nullable: bool,
    pub(crate) optional: bool,
}

impl Marked {
    /// Required, nullable, optional.
    pub(crate) const MARKS: [char; 3] = ['!', '~', '-'];

    /// A place without marks.
    pub(crate) fn bare(place: Place) -> Self {
        Self { place, required: false, nullable: false, optional: false }
    }

    /// Reads `create!~`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let place = Place::of(text)?;
        let marks = &text[place.word().len()..];
        Some(Self {
            place,
            required: marks.contains('!'),
            nullable: marks.contains('~'),
            optional: marks.contains('-'),
        })
    }

    /// As it is written.
    pub(crate) fn text(self) -> String {
        let mark = |set: bool, mark: &'static str| if set { mark } else { "" };
        let marks = [
            mark(self.required, "!"),
            mark(self.nullable, "~"),
            mark(self.optional, "-"),
        ];
        format!("{}{}", self.place.word(), marks.concat())
    }

    /// Returns true if it has no marks.
    pub(crate) fn is_bare(self) -> bool {
        self == Self::bare(self.place)
    }
}
