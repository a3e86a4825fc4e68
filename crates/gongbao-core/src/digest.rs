//! Digests, as files and manifests write them.

use sha2::{Digest, Sha256};

/// `sha256:` and the digest of bytes, as `sha256sum` gives it.
pub fn sha256(bytes: &[u8]) -> String {
    format!("sha256:{}", hex(&Sha256::digest(bytes)))
}

/// Bytes in lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
