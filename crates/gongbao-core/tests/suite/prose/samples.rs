//! Published reports.

use gongbao_test_support::{SAMPLES, sample};

use super::report::{parsed, told};

#[test]
fn the_published_samples_have_no_contradictions() {
    for stem in SAMPLES {
        let name = format!("{stem}.toml");
        let path = sample(&name);
        let file = parsed(&name, &std::fs::read_to_string(path).expect("a sample"));
        assert_eq!(told(&file), Vec::<String>::new(), "{name}");
    }
}
