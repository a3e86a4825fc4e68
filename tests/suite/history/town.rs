//! A made-up report whose sums are all right.

use gongbao_test_support::{Office, Run};

use crate::program::new_office;

/// The report of 青禾镇 for 2024, with comments, a placeholder and keys in an unusual order.
pub(crate) const TOWN: &str = "\
# 青禾镇的报告；此行注释须原样保留
year = 2024
date = 2025-01-20   # 成文日期
blanks = \"zero\"
overview = \"\"\"
青禾镇人民政府2024年主动公开政府信息416条，其中政策文件12件。
（一）主动公开。通过镇政府网站和公示栏公开，联系人李四，电话0555-6120001。全年举办开放日活动3次。
（二）依申请公开。全年新收申请{{applications.new.total}}件，均按期答复。
（三）政府信息管理。专人负责，先审查后公开。
（四）平台建设。网站专栏每周更新。
（五）监督保障。镇纪委全程监督。
\"\"\"
problems = \"\"\"
存在的问题：公开的形式还不够丰富。
改进情况：下一年增加图解等形式。
\"\"\"
other = \"本年度没有收取信息处理费，没有其他需要报告的事项。\"

[agency]
name = \"青禾镇人民政府\"
kind = \"town\"

[disclosure]
normative_documents = [2, 0, 7]
licences = 31
penalties = 4

[applications]
new = { natural = 5, business = 1 }   # 本年新收

[applications.handled]
granted = { natural = 4 }
partly_granted = { business = 1 }

[applications.handled.unavailable]
not_held = { natural = 1 }

[appeals]
review = [1, 0, 0, 0]
";

/// Returns a folder with the report as `2024.toml`.
pub(crate) fn town() -> Office {
    let office = new_office();
    office.file("2024.toml", TOWN);
    office
}

/// Runs the program and checks that it ends with exit code 0.
pub(crate) fn done(office: &Office, arguments: &[&str]) -> Run {
    let run = office.run(arguments);
    assert_eq!(run.code, 0, "{arguments:?}: {run:#?}");
    run
}
