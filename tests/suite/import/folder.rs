//! `gongbao import --all`.

use crate::program::new_office;
use gongbao_test_support::page::whole;

#[test]
fn a_folder_is_imported_into_a_folder_with_a_summary() {
    let office = new_office();
    office.file("往年/民政局.html", whole());
    office.file("往年/街道/甲街道.htm", whole().replace(">101<", ">一百<"));
    office.file("往年/旧.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1rest");
    office.file("往年/~$民政局.docx", b"lock");
    office.file("往年/说明.txt", b"not a report");
    office.file("往年/名册.toml", b"[[bodies]]\nname = \"x\"\n");
    let run = office.run(["import", "--all", "往年", "-o", "数据"]);
    assert_eq!(run.code, 2, "{run:#?}");
    assert!(run.stdout.contains("共4个文件："), "{run:#?}");
    assert!(run.stdout.contains("往年/民政局.html：全部读出"), "{run:#?}");
    assert!(run.stdout.contains("往年/街道/甲街道.htm：缺1格，1处内容没有放进去"), "{run:#?}");
    assert!(run.stdout.contains("往年/名册.toml：略过"), "{run:#?}");
    assert!(run.stderr.contains("“往年/旧.doc”没有导入"), "{run:#?}");
    let written: Vec<String> = office.files().into_iter().filter(|file| file.starts_with("数据")).collect();
    assert_eq!(written, ["数据/民政局.toml", "数据/街道/甲街道.toml"]);
    // A second run overwrites nothing and says so.
    let before = office.text("数据/民政局.toml");
    let run = office.run(["import", "--all", "往年", "-o", "数据"]);
    assert!(run.stderr.contains("“数据/民政局.toml”已经有了"), "{run:#?}");
    assert_eq!(office.text("数据/民政局.toml"), before);
}

#[test]
fn two_files_of_one_name_do_not_overwrite_each_other() {
    let office = new_office();
    office.file("往年/a.html", whole());
    office.file("往年/A.htm", whole());
    let run = office.run(["import", "--all", "往年", "-o", "数据", "--to", "json"]);
    assert_eq!(run.code, 2, "{run:#?}");
    assert!(run.stderr.contains("也要写成"), "{run:#?}");
    assert_eq!(office.files().iter().filter(|file| file.starts_with("数据")).count(), 1);
}
