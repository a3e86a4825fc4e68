//! Who may use the server: proofs made with a secret that only the user can read, one-time codes, the cookie of the
//! browser.
//!
//! Every user of a machine can connect to 127.0.0.1. The server therefore answers a browser only if it has a cookie that
//! it received for a one-time code, and a second start of the program opens a running server only after the server has
//! proved that it knows the secret.

use std::{
    fmt,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use axum::http::{HeaderMap, HeaderValue, header};
use gongbao_core::digest::hex;
use sha2::{Digest, Sha256};

/// Time in which a one-time code or a nonce is valid.
const VALID: Duration = Duration::from_secs(60);
/// Characters of one-time codes: those that cannot be confused.
const ALPHABET: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz123456789";
/// Length of a one-time code; 60 bits.
const CODE_LENGTH: usize = 12;
/// Maximum number of codes and nonces that are remembered.
const MOST: usize = 100;

/// The secret of a user, 32 random bytes.
#[derive(Clone)]
pub struct Secret([u8; 32]);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

impl Secret {
    /// Creates a secret of these bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Returns a proof that its maker knows the secret: HMAC-SHA-256 (RFC 2104) over the parts, in hexadecimal. Each part
    /// is preceded by its length, so that different lists of parts have different proofs.
    pub fn proof(&self, parts: &[&str]) -> String {
        let mut message = Vec::new();
        for part in parts {
            message.extend((part.len() as u64).to_le_bytes());
            message.extend(part.as_bytes());
        }
        hex(&hmac(&self.0, &message))
    }
}

/// Returns the HMAC-SHA-256 of a message for a key of at most 64 bytes.
fn hmac(key: &[u8], message: &[u8]) -> [u8; 32] {
    let pad = |byte: u8| {
        let mut block = [byte; 64];
        block.iter_mut().zip(key).for_each(|(block, key)| *block ^= key);
        block
    };
    let inner = Sha256::new().chain_update(pad(0x36)).chain_update(message).finalize();
    Sha256::new().chain_update(pad(0x5c)).chain_update(inner).finalize().into()
}

/// Returns random bytes from the operating system.
///
/// # Errors
/// The operating system has none.
pub fn random() -> std::io::Result<[u8; 32]> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| std::io::Error::other(error.to_string()))?;
    Ok(bytes)
}

/// Returns a new one-time code.
///
/// # Errors
/// The operating system has no random bytes.
pub fn new_code() -> std::io::Result<String> {
    let bytes = random()?;
    Ok(bytes[..CODE_LENGTH].iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect())
}

/// Returns the parts of the proof by which a server shows that it knows the secret. The port is one of them, so that
/// another server cannot pass the question on.
pub fn server_parts<'a>(port: &'a str, folder: &'a str, client: &'a str, server: &'a str) -> [&'a str; 5] {
    ["server", port, folder, client, server]
}

/// Returns the parts of the proof by which a second start of the program registers a one-time code.
pub fn code_parts<'a>(port: &'a str, folder: &'a str, server: &'a str, code: &'a str) -> [&'a str; 5] {
    ["code", port, folder, server, code]
}

/// The right to use one server.
pub(super) struct Access {
    secret: Secret,
    port: String,
    folder: String,
    open: Mutex<Open>,
}

/// One-time codes and nonces that are still valid.
#[derive(Default)]
struct Open {
    codes: Vec<(String, Instant)>,
    nonces: Vec<(String, Instant)>,
}

impl Access {
    /// Creates the access to a server of this folder on this port.
    pub(super) fn new(secret: Secret, port: u16, folder: String) -> Self {
        Self { secret, port: port.to_string(), folder, open: Mutex::default() }
    }

    /// Whether a request has the cookie of this server.
    pub(super) fn admits(&self, headers: &HeaderMap) -> bool {
        let (name, token) = (self.cookie_name(), self.token());
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        cookies
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .any(|(key, value)| key == name && is_same(value, &token))
    }

    /// Returns the cookie for a browser that has sent a valid code; the code is used up.
    pub(super) fn redeem(&self, code: &str) -> Option<HeaderValue> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        taken(&mut open.codes, code).then_some(())?;
        let cookie = format!("{}={}; Path=/; HttpOnly; SameSite=Strict", self.cookie_name(), self.token());
        HeaderValue::try_from(cookie).ok()
    }

    /// Registers a one-time code.
    pub(super) fn allow(&self, code: String) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        remember(&mut open.codes, code);
    }

    /// Answers the question of a second start: a nonce of the server, and the proof for both nonces.
    ///
    /// # Errors
    /// The operating system has no random bytes.
    pub(super) fn hello(&self, client: &str) -> std::io::Result<(String, String)> {
        let nonce = hex(&random()?);
        let proof = self.secret.proof(&server_parts(&self.port, &self.folder, client, &nonce));
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        remember(&mut open.nonces, nonce.clone());
        Ok((nonce, proof))
    }

    /// Registers the code of a second start that proves to know the secret; returns whether the proof is valid.
    pub(super) fn admit(&self, nonce: &str, code: &str, proof: &str) -> bool {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let is_known = taken(&mut open.nonces, nonce);
        let expected = self.secret.proof(&code_parts(&self.port, &self.folder, nonce, code));
        if !is_known || code.len() < CODE_LENGTH || !is_same(proof, &expected) {
            return false;
        }
        remember(&mut open.codes, code.to_owned());
        true
    }

    /// Returns the name of the cookie. Browsers send the cookies of one port to all ports of a host.
    fn cookie_name(&self) -> String {
        format!("gongbao-{}", self.port)
    }

    /// Returns the value of the cookie, which stays valid when the server is started again.
    fn token(&self) -> String {
        self.secret.proof(&["browser", &self.port, &self.folder])
    }
}

/// Adds a code or nonce and removes those that are no longer valid.
fn remember(known: &mut Vec<(String, Instant)>, new: String) {
    known.retain(|(_, since)| since.elapsed() < VALID);
    if known.len() >= MOST {
        known.remove(0);
    }
    known.push((new, Instant::now()));
}

/// Removes a code or nonce; returns whether it was valid.
fn taken(known: &mut Vec<(String, Instant)>, wanted: &str) -> bool {
    known.retain(|(_, since)| since.elapsed() < VALID);
    let at = known.iter().position(|(known, _)| is_same(known, wanted));
    at.map(|at| known.remove(at)).is_some()
}

/// Compares two texts in a time that does not depend on where they differ.
fn is_same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |sum, (a, b)| sum | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4231, test case 2.
    #[test]
    fn the_proof_is_hmac_sha_256() {
        let mac = hmac(b"Jefe", b"what do ya want for nothing?");
        assert_eq!(hex(&mac), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    #[test]
    fn a_code_opens_once() {
        let access = Access::new(Secret::new([7; 32]), 1234, "f".to_owned());
        access.allow("code".to_owned());
        assert!(access.redeem("cod").is_none());
        assert!(access.redeem("code").is_some());
        assert!(access.redeem("code").is_none());
    }
}
