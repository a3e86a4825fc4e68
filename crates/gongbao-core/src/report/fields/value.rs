//! The value of a key, and the members of a report that hold one.

use jiff::civil::Date;
use serde_json::{Map, Value};

use crate::report::{AgencyKind, CorrectionChange};

/// The value of a key.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum FieldValue {
    /// A year.
    Year(u16),
    /// A text, or the key of a choice.
    Text(String),
    /// A date.
    Date(Date),
    /// True or false.
    Flag(bool),
    /// A list of lines.
    List(Vec<String>),
    /// A figure or a paragraph as the data format writes it.
    Quoted(Value),
    /// The changes of a correction.
    Changes(Vec<CorrectionChange>),
}

impl FieldValue {
    /// The value in the data format.
    pub fn to_json(&self) -> Value {
        match self {
            Self::Year(year) => (*year).into(),
            Self::Text(text) => text.clone().into(),
            Self::Date(date) => date.to_string().into(),
            Self::Flag(flag) => (*flag).into(),
            Self::List(lines) => lines.clone().into(),
            Self::Quoted(value) => value.clone(),
            Self::Changes(changes) => {
                let tables = changes.iter().map(|change| super::CHANGES.to_json(change));
                tables.collect::<Vec<Map<String, Value>>>().into()
            }
        }
    }

    /// The value as one text: the lines of a list one under the other, `true` or `false` for a flag.
    pub fn to_text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::List(lines) => lines.join("\n"),
            _ => match self.to_json() {
                Value::String(text) => text,
                value => value.to_string(),
            },
        }
    }
}

/// A member of a report that holds the value of a key.
pub(super) trait Stored {
    /// The value; `None` where the file leaves the key out.
    fn load(&self) -> Option<FieldValue>;

    /// Takes a value of the kind that [`load`](Stored::load) returns and ignores others: the reader makes values by the
    /// kind of the key, and the tests of the field table prove that kind and member fit.
    fn store(&mut self, value: FieldValue);
}

macro_rules! stored {
    ($type:ty, $variant:ident) => {
        impl Stored for $type {
            fn load(&self) -> Option<FieldValue> {
                Some(FieldValue::$variant(self.clone()))
            }

            fn store(&mut self, value: FieldValue) {
                if let FieldValue::$variant(value) = value {
                    *self = value;
                }
            }
        }
    };
}

stored!(u16, Year);
stored!(String, Text);
stored!(Date, Date);
stored!(bool, Flag);
stored!(Vec<String>, List);
stored!(Vec<CorrectionChange>, Changes);

macro_rules! optional {
    ($type:ty, $variant:ident) => {
        impl Stored for Option<$type> {
            fn load(&self) -> Option<FieldValue> {
                self.clone().map(FieldValue::$variant)
            }

            fn store(&mut self, value: FieldValue) {
                if let FieldValue::$variant(value) = value {
                    *self = Some(value);
                }
            }
        }
    };
}

optional!(String, Text);
optional!(Date, Date);

impl Stored for Value {
    fn load(&self) -> Option<FieldValue> {
        (!self.is_null()).then(|| FieldValue::Quoted(self.clone()))
    }

    fn store(&mut self, value: FieldValue) {
        if let FieldValue::Quoted(value) = value {
            *self = value;
        }
    }
}

impl Stored for Option<AgencyKind> {
    fn load(&self) -> Option<FieldValue> {
        self.map(|kind| FieldValue::Text(kind.key().to_owned()))
    }

    fn store(&mut self, value: FieldValue) {
        if let FieldValue::Text(key) = value {
            *self = AgencyKind::ALL.into_iter().find(|kind| kind.key() == key);
        }
    }
}
