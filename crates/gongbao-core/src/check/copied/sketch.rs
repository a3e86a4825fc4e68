//! Sketches and likeness of paragraphs.

use std::cmp::Ordering;

/// How many characters a shingle has.
const SHINGLE: usize = 5;

/// How many hashes a sketch holds. Of two paragraphs that share six shingles of ten, the sketches share
/// none in one case of a million.
const SKETCH: usize = 16;

/// The least hashes of a paragraph's shingles: paragraphs that share many shingles share some of these.
pub(super) fn sketch(plain: &[char]) -> Vec<u64> {
    let mut hashes: Vec<u64> = plain.windows(SHINGLE).map(hash).collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes.truncate(SKETCH);
    hashes
}

/// FNV-1a, ended by a mixing step: the same on every machine.
fn hash(shingle: &[char]) -> u64 {
    let mut hash = 0xCBF2_9CE4_8422_2325_u64;
    for c in shingle {
        hash = (hash ^ u64::from(u32::from(*c))).wrapping_mul(0x0000_0100_0000_01B3);
    }
    // The low bits of FNV hardly depend on the first characters.
    hash ^= hash >> 32;
    hash = hash.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    hash ^ (hash >> 29)
}

/// The pairs of neighbouring characters, sorted; one that stands twice is there twice. Sixteen bits of each do: in paragraphs
/// of three hundred characters one pair falls together with another's, and memory is what limits how many reports a run has.
pub(super) fn pairs(plain: &[char]) -> Vec<u16> {
    #[allow(clippy::cast_possible_truncation, reason = "half of 32 bits")]
    let pair = |pair: &[char]| {
        let both = u32::from(pair[0]).rotate_left(16) ^ u32::from(pair[1]);
        (both.wrapping_mul(0x9E37_79B1) >> 16) as u16
    };
    let mut pairs: Vec<u16> = plain.windows(2).map(pair).collect();
    pairs.sort_unstable();
    pairs
}

/// How much of two paragraphs' pairs is shared: 1 where all is (the coefficient of Dice).
pub(super) fn similarity(one: &[u16], two: &[u16]) -> f64 {
    let (mut a, mut b, mut shared) = (0, 0, 0_usize);
    while let (Some(left), Some(right)) = (one.get(a), two.get(b)) {
        match left.cmp(right) {
            Ordering::Less => a += 1,
            Ordering::Greater => b += 1,
            Ordering::Equal => {
                shared += 1;
                a += 1;
                b += 1;
            }
        }
    }
    (2 * shared) as f64 / (one.len() + two.len()).max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_is_one_for_the_same_and_falls_with_each_change() {
        let text: Vec<char> =
            "进一步细化主动公开范围和基本目录推进决策执行管理服务结果公开".chars().collect();
        let mut other = text.clone();
        other[10] = '某';
        let like = |a: &[char], b: &[char]| similarity(&pairs(a), &pairs(b));
        assert!((like(&text, &text) - 1.0).abs() < f64::EPSILON);
        let near = like(&text, &other);
        assert!(near > 0.9 && near < 1.0, "{near}");
        assert!(like(&text, &[]) == 0.0);
        assert!(sketch(&text).iter().filter(|hash| sketch(&other).contains(hash)).count() > 4);
    }
}
