//! The template of the server, which is read again for every rendering during development.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

use crate::typeset::world::{Template, TypesetError};

/// The template that the server typesets with.
pub struct TemplateSource {
    current: Mutex<Arc<Template>>,
    /// Folder that is read again before each use.
    reloaded_from: Option<PathBuf>,
}

impl TemplateSource {
    /// Creates a source. With a folder, changes of its files take effect without a restart.
    pub fn new(template: Template, reloaded_from: Option<PathBuf>) -> Self {
        Self { current: Mutex::new(Arc::new(template)), reloaded_from }
    }

    /// Returns the template. Unchanged files give the same template as before, with its parsed sources.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub(super) fn get(&self) -> Result<Arc<Template>, TypesetError> {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(folder) = &self.reloaded_from {
            let template = Template::in_folder(folder)?;
            if template.files() != current.files() {
                *current = Arc::new(template);
            }
        }
        Ok(Arc::clone(&current))
    }
}
