//! Errors that end a batch build as a whole.

use std::{fmt, io};

use super::{input::InputError, setup::SetupError};
use crate::{output::LockError, typeset::fonts::FontError};

/// Error that ends a batch build. Errors of single reports are in their results.
#[derive(Debug)]
#[non_exhaustive]
pub enum BatchError {
    /// A folder of reports cannot be read.
    Input(InputError),
    /// A file that the check options name cannot be used.
    Setup(SetupError),
    /// A font of the user's cannot be read.
    Font(FontError),
    /// The output folder is locked or cannot be used.
    Lock(LockError),
    /// A thread cannot be started.
    Thread(io::Error),
}

impl fmt::Display for BatchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input(error) => error.fmt(f),
            Self::Setup(error) => error.fmt(f),
            Self::Font(error) => error.fmt(f),
            Self::Lock(error) => error.fmt(f),
            Self::Thread(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for BatchError {}

macro_rules! from {
    ($($variant:ident($error:ty)),+ $(,)?) => {$(
        impl From<$error> for BatchError {
            fn from(error: $error) -> Self {
                Self::$variant(error)
            }
        }
    )+};
}

from!(Input(InputError), Setup(SetupError), Font(FontError), Lock(LockError), Thread(io::Error));
