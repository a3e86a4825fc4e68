//! Lists that grow have bounds that no report reaches, and a report at its bounds is built in seconds.

use std::time::Instant;

use super::{SAMPLE, office, report, timed};

#[test]
fn a_list_beyond_its_bound_is_a_finding() {
    let office = office();
    for (name, entry, count) in [
        (
            "extra",
            "\n[[disclosure.extra]]\nafter = \"normative_documents\"\nlabel = \"项目\"\nfigures = [3, 0, 12]\n",
            3000,
        ),
        ("corrections", "\n[[corrections]]\ndate = 2021-03-01\nreason = \"笔误\"\nchanges = []\n", 3000),
        ("accepted", "\n[[accepted]]\nrule = \"S6\"\nreason = \"另行统计\"\n", 3000),
    ] {
        office.file(SAMPLE, report() + &entry.repeat(count));
        let start = Instant::now();
        let run = timed(&office, 20, &["check", SAMPLE]);
        assert_eq!(run.code, 1, "{name}: {run:#?}");
        assert!(
            run.stdout.contains("太多") || run.stdout.contains("最多"),
            "{name}: {}",
            &run.stdout[..run.stdout.len().min(3000)]
        );
        assert!(start.elapsed().as_secs() < 10, "{name}: {:?}", start.elapsed());
    }
}
