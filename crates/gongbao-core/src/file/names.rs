//! File names that are unsafe as names of folders and files on some system.

/// Whether Windows takes a file name for a device, with any extension ("Naming Files, Paths, and Namespaces",
/// Microsoft Learn): `CON`, `nul.txt`, `COM1`, `LPT¹`.
pub fn is_device_name(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end_matches(' ').to_uppercase();
    if matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$") {
        return true;
    }
    let port = stem.strip_prefix("COM").or_else(|| stem.strip_prefix("LPT"));
    port.is_some_and(|number| {
        matches!(number, "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³")
    })
}

/// Whether a report's outputs may lie in a folder of this name on every system.
///
/// A name of dots is the folder itself or the one above it; Windows drops dots and spaces at the end of a name, so a name
/// of nothing else is no name there.
pub fn is_safe_stem(stem: &str) -> bool {
    !stem.trim_matches(['.', ' ']).is_empty() && !stem.contains(['/', '\0']) && !is_device_name(stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_devices_and_of_dots_are_unsafe() {
        for name in ["con", "CON", "nul.toml", "aux .x", "COM1", "lpt9", "LPT²", "conin$"] {
            assert!(is_device_name(name), "{name}");
        }
        for name in ["console", "com", "com10", "民政局", "nul局", "a.con"] {
            assert!(!is_device_name(name), "{name}");
        }
        for stem in ["", ".", "..", "...", " ", ". .", "prn", "con.2024"] {
            assert!(!is_safe_stem(stem), "{stem:?}");
        }
        for stem in ["民政局-2025", " 空 格 ", "..a", "a.", "…"] {
            assert!(is_safe_stem(stem), "{stem:?}");
        }
    }
}
