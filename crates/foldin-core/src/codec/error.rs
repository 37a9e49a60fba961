use thiserror::Error;

/// Why bytes are not a file that this version can read. Nothing of the file has been used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum FileError {
    /// The first bytes are others than a `.foldin` file begins with.
    #[error("this is not a foldin file: it does not begin as one")]
    NotFoldin,
    /// The file is shorter or longer than it says.
    #[error("the file has {found} bytes but should have {expected}; fetch or copy it again")]
    Length {
        /// What its header says; for a file shorter than a header, the header's length.
        expected: u64,
        /// What there is.
        found: u64,
    },
    /// A later version of foldin wrote the file.
    #[error("the file has format {found}, and this version of foldin reads up to format {newest}; update foldin")]
    NewerFormat {
        /// The file's format.
        found: u16,
        /// The newest this version reads.
        newest: u16,
    },
    /// An earlier version of foldin wrote the file, too early to be read.
    #[error("the file has format {found}, and this version of foldin reads from format {oldest} on; train again")]
    OlderFormat {
        /// The file's format.
        found: u16,
        /// The oldest this version reads.
        oldest: u16,
    },
    /// It is a foldin file with another purpose.
    #[error("this is a {found} file; expected a {expected} file")]
    WrongKind {
        /// The purpose that was expected.
        expected: &'static str,
        /// The purpose of the file.
        found: &'static str,
    },
    /// A checksum does not hold.
    #[error("the {part} is damaged: its checksum does not hold; fetch or copy the file again")]
    Damaged {
        /// The damaged part.
        part: &'static str,
    },
    /// A section that is needed is not there.
    #[error("the file has no {section} section; train again")]
    MissingSection {
        /// The missing section.
        section: &'static str,
    },
    /// A later version of foldin wrote the section.
    #[error("the {section} section has version {found}, and this version of foldin reads {newest}; update foldin")]
    NewerSection {
        /// The section.
        section: &'static str,
        /// Its version.
        found: u32,
        /// The newest this version reads.
        newest: u32,
    },
    /// The content contradicts itself.
    #[error("the {part} cannot be right: {what}; train again")]
    Malformed {
        /// The part.
        part: &'static str,
        /// The contradiction.
        what: &'static str,
    },
    /// Two files are from different models.
    #[error("the {file} file is not from the same model as the score file; fetch both again")]
    OtherModel {
        /// The file that does not fit.
        file: &'static str,
    },
}

impl FileError {
    /// A short name for programs, which stays the same between versions.
    pub fn code(&self) -> &'static str {
        match self {
            FileError::NotFoldin => "not-foldin",
            FileError::Length { .. } => "wrong-length",
            FileError::NewerFormat { .. } | FileError::NewerSection { .. } => "newer-format",
            FileError::OlderFormat { .. } => "older-format",
            FileError::WrongKind { .. } => "wrong-kind",
            FileError::Damaged { .. } => "damaged",
            FileError::MissingSection { .. } | FileError::Malformed { .. } => "malformed",
            FileError::OtherModel { .. } => "other-model",
        }
    }
}
