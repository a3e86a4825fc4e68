//! Sentences in the wording of published reports, compared with one set of figures.

use super::report::{FIGURES, made, told, written};

/// Returns the findings on a paragraph under （二）依申请公开情况.
fn said(text: &str) -> Vec<String> {
    told(&made(text, FIGURES))
}

fn assert_no_findings(texts: &[&str]) {
    let loud: Vec<(String, Vec<String>)> = texts
        .iter()
        .map(|text| ((*text).to_owned(), said(text)))
        .filter(|(_, found)| !found.is_empty())
        .collect();
    assert!(loud.is_empty(), "{loud:#?}");
}

fn assert_findings(cases: &[(&str, &[&str])]) {
    let wrong: Vec<_> = cases
        .iter()
        .map(|(text, expected)| (text, expected, said(text)))
        .filter(|(_, expected, found)| found.as_slice() != **expected)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn sentences_that_agree_with_the_tables_are_left_alone() {
    assert_no_findings(&[
        "市政府共受理政府信息公开申请1295件，办结1191件（含上年结转189件），均在法定期限内答复。",
        "2025年，共受理政府信息公开申请1484件（包含上年结转189件），1191件已按规定在法定期限内予以答复，293件结转下年答复。",
        "新收到依申请公开政府信息1295件，答复依申请公开政府信息1191件，均在法定期限内予以答复，结转下年度继续办理293件。",
        "2025年通过信函、网络等渠道收到依申请公开1295件。",
        "本局2025年度收到1295件针对本部门有关政府信息公开事务的申请。",
        "本年度处理公民和法人或其他组织政府信息公开申请共1484件（包含上一年度结转189件），已办结1191件，293件结转下年答复。",
        "答复政府信息公开申请1191件（含上年度转结申请189件，另有293件申请转结下年度继续办理），均按规定予以答复。所有答复件中，予以公开及部分公开的208件，占17.46%；不予公开的20件，占1.68%；因本机关不掌握等原因无法提供的564件，占47.36%；其他处理319件，占26.78%。",
        "全年办结政府信息公开申请1191件，其中予以公开206件、部分公开2件、不予公开20件、无法提供564件、不予处理80件、其他处理319件。",
        "全年收到政府信息公开申请１，２９５件，2024年结转189件，结转至2026年293件。",
        "因政府信息公开引起的行政复议55件、行政诉讼34件，所有案件均按照法定程序办理。",
        "因政府信息公开被申请行政复议55件，其中维持40件，其他结果10件，尚未审结5件。",
        "全年制发行政规范性文件34件，废止55件，现行有效行政规范性文件189件。",
        "全年主动公开市政府规章22件、市政府及市政府办公厅行政规范性文件34件、人事任免文件196件、其他文件84件。",
        "主动公开市政府规章22件（含新制定5件，修改17件），主动公开行政规范性文件34件。",
        "办理行政许可460件、行政处罚12件，无行政强制。收取行政事业性收费27.948692万元。",
        "全年行政事业性收费27.95万元。",
        "2025年度行政许可460件，已公示16件。行政处罚12件，已公示1件。",
        "行政强制为0，行政处罚数量为12。",
        "全年未发生因依申请公开被行政复议纠错或行政诉讼败诉情形。",
        "予以公开或部分公开占17.5%。依申请公开中无法提供占47%。",
    ]);
}

#[test]
fn contradictions_to_table_three_are_found() {
    let new = "applications.new.total";
    assert_findings(&[
        ("共受理政府信息公开申请1290件。", &[&format!("P1 warning {new} 1290 1295")]),
        ("收到公民、法人和其他组织提出的政府信息公开申请1200件。", &[&format!("P1 warning {new} 1200 1295")]),
        ("我局共收到政府信息公开申请5件，均在规定时限内完成答复。", &[&format!("P1 warning {new} 5 1295")]),
        ("本局2025年度收到4件针对本部门有关政府信息公开事务的申请。", &[&format!("P1 warning {new} 4 1295")]),
        ("全年收到政府信息公开申请一千零五件。", &[&format!("P1 warning {new} 1005 1295")]),
        ("本年度，我中心未收到依申请公开政府信息。", &[&format!("P1 warning {new} 0 1295")]),
        ("2025年没有收到依申请公开政府信息件。", &[&format!("P1 warning {new} 0 1295")]),
        (
            "年内，我镇未收到公民、法人或其他组织通过任何形式提出的政府信息公开申请。",
            &[&format!("P1 warning {new} 0 1295")],
        ),
        ("2025年，我局无依申请公开政府信息情况。", &[&format!("P1 warning {new} 0 1295")]),
        ("全年收到政府信息公开申请零件。", &[&format!("P1 warning {new} 0 1295")]),
        ("共收到政府信息公开申请1500余件。", &[&format!("P1 warning {new} 1500 1295")]),
        ("共收到政府信息公开申请近1200件。", &[&format!("P1 warning {new} 1200 1295")]),
        ("收到政府信息公开申请约2000件。", &[&format!("P1 unsure {new} 2000 1295")]),
        (
            "共受理政府信息公开申请1295件，办结1190件（含上年结转188件）。",
            &[
                "P1 warning applications.handled.total.total 1190 1191",
                "P1 warning applications.carried_in.total 188 189",
            ],
        ),
        ("1191件已办结，另有29件申请依法顺延到下年度答复。依申请公开工作有序。", &[]),
        (
            "受理政府信息公开申请1295件，另有29件申请依法顺延到下年度答复。",
            &["P1 warning applications.carried_out.total 29 293"],
        ),
        (
            "答复政府信息公开申请1191件。其中，不予公开21件（1.76%），无法提供564件（47.63%）。",
            &[
                "P2 warning applications.handled.refused.state_secret.total 21 20",
                "P2 warning applications.handled.unavailable.not_held.total 47.63 47.36",
            ],
        ),
        (
            "依申请公开中，因本机关不掌握等原因无法提供500件，属信访、重复申请等不予处理81件。",
            &[
                "P2 warning applications.handled.unavailable.not_held.total 500 564",
                "P2 warning applications.handled.not_processed.complaints.total 81 80",
            ],
        ),
        (
            "依申请公开办理结果：属于国家秘密5件，重复申请16件，信访举报投诉类申请60件。",
            &[
                "P2 warning applications.handled.refused.state_secret.total 5 4",
                "P2 warning applications.handled.not_processed.complaints.total 60 62",
            ],
        ),
        ("依申请公开中予以公开占71.5%。", &["P2 unsure applications.handled.granted.total 71.5 17.3"]),
    ]);
}

#[test]
fn contradictions_to_tables_two_and_four_are_found() {
    assert_findings(&[
        (
            "因政府信息公开引起的行政复议2件、行政诉讼1件。",
            &["P3 warning appeals.review.total 2 55", "P3 warning appeals.litigation.direct.total 1 34"],
        ),
        (
            "未发生因政府信息公开申请行政复议、提起行政诉讼情况。",
            &["P3 warning appeals.review.total 0 55", "P3 warning appeals.litigation.direct.total 0 34"],
        ),
        ("全年未收到政府信息公开申请引发的行政复议。", &["P3 warning appeals.review.total 0 55"]),
        (
            "依申请公开工作规范。本年度有0件行政复议案件，34件行政诉讼案件。",
            &["P3 unsure appeals.review.total 0 55"],
        ),
        ("因政府信息公开被申请行政复议55件，其中被纠正3件。", &["P3 warning appeals.review.corrected 3 0"]),
        ("今年，我镇制发规范性文件3份。", &["P4 warning disclosure.normative_documents.issued 3 34"]),
        (
            "制定规范性文件34件，废止0件，现行有效文件20件。",
            &[
                "P4 warning disclosure.normative_documents.repealed 0 55",
                "P4 warning disclosure.normative_documents.in_force 20 189",
            ],
        ),
        (
            "本年度，我中心未制定规章和规范性文件，无行政处罚和行政强制处理事项，无行政许可事项，无行政事业性收费。",
            &[
                "P4 warning disclosure.rules.issued 0 22",
                "P4 warning disclosure.normative_documents.issued 0 34",
                "P4 warning disclosure.penalties.decisions 0 12",
                "P4 warning disclosure.licences.decisions 0 460",
                "P4 warning disclosure.fees.amount 0 27.948692",
            ],
        ),
        (
            "规章和规范性文件均为0件。",
            &[
                "P4 unsure disclosure.normative_documents.issued 0 34",
                "P4 unsure disclosure.rules.issued 0 22",
            ],
        ),
        (
            "全年办理行政许可16件，作出行政处罚决定两件。",
            &[
                "P4 warning disclosure.licences.decisions 16 460",
                "P4 warning disclosure.penalties.decisions 2 12",
            ],
        ),
        ("征收行政事业性收费300元。", &["P4 warning disclosure.fees.amount 0.03 27.948692"]),
        ("规范发布行政规范性文件11件。", &["P4 unsure disclosure.normative_documents.issued 11 34"]),
    ]);
}

#[test]
fn figures_of_other_bodies_other_years_and_parts_are_left_alone() {
    assert_no_findings(&[
        // Other bodies.
        "2025年，全市共收到政府信息公开申请34290件，申请数量较2024年上升29.3%；答复政府信息公开申请34430件（含上年度转结），均在法定期限内予以答复。予以公开及部分公开10538件，占30.61%。",
        "全区受理依申请公开件255件，办结255件，其中予以公开71件、部分公开5件。",
        "全县各部门共受理政府信息公开申请500件。",
        "各乡镇共制发规范性文件300件，全县无行政复议。",
        "指导各单位办结政府信息公开申请500件，其中区住建局办结120件。",
        "其中，区住建局受理政府信息公开申请120件，市规划资源局受理90件。",
        "市级机关收到政府信息公开申请3000件。",
        // Other years and parts of this one.
        "2024年，我局收到政府信息公开申请10件，办结9件。全部按时答复。结转下年1件。",
        "上年收到政府信息公开申请80件，去年办结政府信息公开申请70件。",
        "受理政府信息公开申请1295件，同比增加200件，比上年多受理150件。",
        "受理政府信息公开申请1295件，较2024年增加5件，增长0.39%。",
        "2021至2025年共制定规范性文件300件。",
        "近年来，累计制定行政规范性文件500件。",
        "上半年受理政府信息公开申请600件。截至6月30日收到政府信息公开申请650件。",
        "条例施行以来，共收到政府信息公开申请9000件。",
        "1—6月收到政府信息公开申请600件。1至11月收到政府信息公开申请1200件。",
        "1至12月收到政府信息公开申请1295件。",
        "二〇二四年收到政府信息公开申请七件。",
        "2024年制发行政规范性文件30件，现行有效180件；截至2024年底现行有效规范性文件210件。2025年制发34件。",
        // Parts.
        "收到政府信息公开申请1295件，其中网络申请923件，占71%；信函申请372件，占29%。",
        "收到政府信息公开申请1295件，其中自然人申请1259件，法人或其他组织申请36件。",
        "通过网络收到政府信息公开申请900件。",
        "收到涉及征地拆迁的政府信息公开申请300件。",
        "受理的政府信息公开申请中，涉及土地征收30件。",
        "主动公开政府规章22件（含新制定4件，修改14件，废止4件）。",
        // Approximations that hold.
        "收到政府信息公开申请近1300件，办结1100余件，超过1000件在10日内答复。",
        "共收到政府信息公开申请约1300件。",
        "共收到政府信息公开申请0.13万件。",
    ]);
}

#[test]
fn sentences_that_only_resemble_statements_are_left_alone() {
    assert_no_findings(&[
        "处理群众留言92条，办结留言92条。办理政府12345热线47件，已全部办结，回复率达100%。",
        "依申请公开工作有序。收到248条网民留言，办结留言230条，公开答复4条。",
        "共受理政府信息公开申请1295件，信息公开投诉举报5件。",
        "全年共受理行政许可申请500件，办结480件。受理不动产登记300件，办结298件。",
        "依申请公开方面，参加培训3次，制定制度2项。开展业务指导12次。",
        "2025年，我办全年未收到行政许可申请。",
        "完成公文公开属性审查166件、发布审查330件。编辑公报24期，刊登市政府规章、市政府和市政府办公厅文件、市政府部门行政规范性文件等243件。",
        "完善依申请公开等共15项规章制度。公开规章文件4条。发布规范性文件解读43条。",
        "审查规范性文件20件，备案规范性文件12件，清理规范性文件150件。",
        "根据国办公开办函〔2021〕30号和《条例》第五十条规定，在收到政府信息公开申请之日起20个工作日内答复。",
        "收到政府信息公开申请后第3个工作日登记，电话0431—81186305，邮编130000。",
        "16个区全部上线数字公报，覆盖10个语种，粉丝近45.9万人，同比显著增长82%。",
        "收到政府信息公开申请3-5件时集中办理，每件10日内答复，平均办理时限8个工作日。",
        "没有出现应公开而不予公开的办件，对23条信息予以公开。",
        "申请人撤回157件。全年未发生因未按期答复引发的投诉。",
        "行政复议1件（申请人撤回结案）。",
        "全年办理行政复议案件200件，行政诉讼应诉30件。",
        "行政许可事项清单12项，行政许可信息120条，公示行政处罚信息30条。",
        "第一次收到政府信息公开申请即启动会商。对同一件申请只答复一次。",
        "尚有3件未答复，5件未办结。",
        "拟制定规范性文件5件。下一步计划制定规范性文件3件。",
        "规章、规范性文件制发数分别为20件、30件。",
    ]);
}

#[test]
fn enumerations_are_added_up_only_where_they_are_complete() {
    assert_no_findings(&[
        "在县政府门户网站主动公开政府信息14条，其中：部门动态2条，疫情防控资金投入情况10条，部门预决算2条。",
        "公开信息27条。其中公开政策文件2条，工作信息20条，预算和决算信息2条，其他信息3条。",
        "累计主动公开政务信息数145条，其中，通过政府门户网站公开信息8条，在政务微信平台公开信息137条。",
        "发布政府动态类信息1464条，其中文件15条，政策解读10条，市政府工作报告1条，建议提案办理信息5条，财政预决算信息2条；发布29场新闻发布会信息。",
        "发布信息79603条，其中：会议信息220条，政策文件3302件，意见征集799件，其他信息72514条。",
        "发布各类办事服务指引403项，其中直接办事服务19项。",
        "公开信息100条，其中通过网站公开100条，通过微信公众号公开80条。",
        "召开会议12次，其中专题会议5次，培训3次等。",
        "粉丝数累积超3170万，其中，微信公众号粉丝达1360万，海外平台粉丝突破300万。",
        "发布信息50条，其中主要包括动态20条，公告10条。",
        "公开信息20条，其中甲15条（含要闻3条），乙5条，办理留言18条。",
        "发布信息10条，其中动态约6条，公告8条。",
        "行政检查20次，其中日常检查12次、专项检查8次，办理案件3件。",
    ]);
    assert_findings(&[
        (
            "公开信息3437条，包括：人事信息12条，政务动态1740条，公告公示225条，解读110条，其他类信息1827条。",
            &["P5 warning - 3437 3914"],
        ),
        ("公开信息100条，其中动态类40条，公告类55条。", &["P5 unsure - 100 95"]),
        ("公开信息30条，其中：动态15条、公告10条、其他3条。", &["P5 warning - 30 28"]),
        ("公开信息30条（其中动态15条、公告20条），均已归档。", &["P5 warning - 30 35"]),
        ("公开信息30条，其中网站公开25条，微信公众号公开12条。", &["P5 unsure - 30 37"]),
    ]);
}

#[test]
fn the_columns_of_the_2019_form_are_compared() {
    let figures = "[disclosure]\nrules = [2, 2, 13]\nnormative_documents = [5, 4, 40]\n\
        licences = [61, 36, 97]\nother_services = [0, 0, 0]\npenalties = [1, 0, 3]\ncompulsory_measures = [0, 0, 0]\n\
        fees = [0, 0]\nprocurement = [3, { value = 251000, unit = \"元\" }]";
    let of = |text: &str| told(&written("2019", 2020, text, "无。", figures));
    let none: [&str; 0] = [];
    for text in [
        "制定规章2件、规范性文件5件。公开规范性文件4件。主动公开规范性文件40件。",
        "行政许可97件，政府集中采购项目3个，采购总金额25.1万元。无行政事业性收费。",
        "废止规范性文件3件，现行有效规范性文件30件。",
        "政府集中采购3项，采购金额251000元。",
    ] {
        assert_eq!(of(text), none, "{text}");
    }
    assert_eq!(of("制定规范性文件3件。"), ["P4 warning disclosure.normative_documents.made 3 5"]);
    assert_eq!(of("无政府集中采购。"), ["P4 warning disclosure.procurement.items 0 3"]);
    assert_eq!(of("政府集中采购3项，采购总金额25万元。"), none);
    assert_eq!(
        of("政府集中采购3项，采购总金额30.2万元。"),
        ["P4 unsure disclosure.procurement.amount 302000 251000"]
    );
}

#[test]
fn missing_cells_are_not_compared() {
    let toml = "form = \"2021\"\nyear = 2025\noverview = \"共受理政府信息公开申请5件，制定规范性文件3件。\"\n\
        problems = \"无\"\nother = \"未收取信息处理费\"\n[agency]\nname = \"某局\"\n\
        [disclosure]\nnormative_documents = [\"\", \"/\", 3]\n";
    let file = super::report::parsed("made.toml", toml);
    assert_eq!(told(&file), ["P4 warning disclosure.normative_documents.issued 3 0"]);
}
