//! A table of keys, with the members of the type that holds their values.

use serde_json::{Map, Value};

use super::{FieldKind, FieldSpec, FieldValue};

/// A table of the data format: `[agency]`, an entry of `[[corrections]]`, the head.
#[derive(Debug)]
pub struct FieldTable<T: 'static> {
    /// The table's own key.
    pub spec: FieldSpec,
    /// What one entry of a list of tables is called.
    pub entry: &'static str,
    /// A value without any keys, to be filled by the reader.
    pub(crate) empty: fn() -> T,
    /// The keys, in the order in which they are written.
    pub fields: &'static [Field<T>],
}

/// A key, with the member that holds its value.
#[derive(Debug)]
pub struct Field<T: 'static> {
    /// Its description.
    pub spec: FieldSpec,
    pub(super) load: fn(&T, &'static str) -> Option<FieldValue>,
    pub(super) store: fn(&mut T, &'static str, FieldValue),
}

/// A key whose value is held by the named member.
macro_rules! field {
    ($member:ident: $spec:expr) => {
        $crate::report::fields::Field {
            spec: $spec,
            load: |owner, _| $crate::report::fields::value::Stored::load(&owner.$member),
            store: |owner, _, value| {
                $crate::report::fields::value::Stored::store(&mut owner.$member, value);
            },
        }
    };
}
pub(super) use field;

impl<T> Field<T> {
    /// The value of the key; `None` where the file leaves it out.
    pub fn get(&self, owner: &T) -> Option<FieldValue> {
        (self.load)(owner, self.spec.key)
    }

    /// Sets the value of the key.
    pub(crate) fn set(&self, owner: &mut T, value: FieldValue) {
        (self.store)(owner, self.spec.key, value);
    }

    /// The value as the data format writes it; `None` where the key is left out.
    pub fn to_json(&self, owner: &T) -> Option<Value> {
        match (self.spec.kind, self.get(owner)?) {
            (FieldKind::Switch(on), FieldValue::Flag(flag)) => flag.then(|| on.into()),
            (_, value) => Some(value.to_json()),
        }
    }
}

impl<T> FieldTable<T> {
    /// The keys, in the order in which they are written.
    pub fn keys(&self) -> Vec<&'static str> {
        self.fields.iter().map(|field| field.spec.key).collect()
    }

    /// The row of a key.
    pub fn field(&'static self, key: &str) -> Option<&'static Field<T>> {
        self.fields.iter().find(|field| field.spec.key == key)
    }

    /// The description of a key.
    pub fn spec_of(&'static self, key: &str) -> Option<&'static FieldSpec> {
        self.field(key).map(|field| &field.spec)
    }

    /// The table as the data format writes it.
    pub fn to_json(&self, owner: &T) -> Map<String, Value> {
        let entries = self.fields.iter().filter_map(|field| Some((field.spec.key, field.to_json(owner)?)));
        entries.map(|(key, value)| (key.to_owned(), value)).collect()
    }
}
