//! Sentences of published reports that are right, however unusual; no rule about marks, words, names or addresses may
//! complain of them.

use super::Draft;

/// Returns all findings but those about what a single sentence cannot cover.
fn findings(name: &str, agency: &str, text: &str) -> Vec<String> {
    let draft = Draft {
        name: name.to_owned(),
        agency: agency.to_owned(),
        overview: format!("{}\n（六）其他情况。{text}", Draft::default().overview),
        problems: "公开的内容还不够丰富；业务水平有待提高。下一步将加强培训，改进工作。".to_owned(),
        ..Draft::default()
    };
    let found = gongbao_core::check::check_texts(&draft.file()).into_iter();
    let found = found.chain(gongbao_core::check::prose(&draft.file(), None));
    found
        .filter(|finding| finding.rule.code() != "aspects")
        .map(|finding| format!("{} {}", finding.rule, finding.text()))
        .collect()
}

#[track_caller]
fn right(name: &str, agency: &str, texts: &[&str]) {
    for text in texts {
        assert_eq!(findings(name, agency, text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn sentences_of_governments_are_right() {
    right(
        "富县人民政府",
        "kind = \"government\"",
        &[
            // 富县 2024.
            "主动公开各类信息2406条，其中政务动态1215条，政府信息公开类1129条，概况类信息62条，开展网上调查、民意征集3期，受理市长信箱来信7件，全部予以答复，答复率100%。全县政务新媒体共发布信息758条。",
            "一是3月由县委督查室带队，对全县各乡镇、各部门单位基层政务公开进行督查检查。二是4月，县政府办公室牵头召开了全县工作会议。",
            // 永靖 2024.
            "全县主动公开政府信息26365条，其中，积石山县6.2级地震灾后重建1086条，乡村振兴4345条，项目建设2533条，生态环保2223条，优化营商环境2513条，财政预决算293条，教育、科技、医疗、体育等民生事业11983条，其他1389条。",
            "2024年共受理群众网上来访信件34件，办结34件，办结率100%。按照“谁起草、谁解读”的原则，严格政策文件和解读“同步起草、同步审核、同步发布”的要求，发布各类政策解读件69篇。",
            // 平利 2024.
            "县政府网站累计公开各类政府信息共计2698条，其中：工作动态1201条、通知公告251条、政策解读44条、人事信息45条、征集调查16期、其他类信息1141条。",
            "构建“整体联动、集体发声”的政务新媒体矩阵，对照《政府网站与政务新媒体检查指标》，加强监测。",
        ],
    );
}

#[test]
fn sentences_of_offices_departments_and_streets_are_right() {
    right(
        "甘谷县人民政府办公室",
        "kind = \"office\"",
        &[
            // 甘谷 2024, 攸县 2024.
            "县政府网站累计发布各类政务信息10300条，微信公众号“甘谷政务”发布信息75条，收到留言56条，已全部办理。",
            "严格按照“谁公开、谁审查，谁审查、谁负责”和“先审查，后公开”的要求，落实责任。",
            "印制《政府信息公开条例》（国务院第711号令）手册，在门户网站分门别类设置栏目，新增“两重”“两新”“八大行动”“第三方评估迎检”专栏。",
        ],
    );
    right(
        "昆都仑区市府东路街道办事处",
        "kind = \"town\"",
        &[
            // 市府东路街道 2025, 北街街道 2025.
            "严格执行信息发布“三审三校”制度，落实“拟稿-审核-发布”三级责任，全年共梳理归档各类信息729条。",
            "电子版可以从昆都仑区人民政府门户网站（https://www.kdl.gov.cn/）下载，请与党群服务中心联系（电话：0472-5226565）。",
            "街道政府信息公开60条，其中社会保险12条、房屋征收及住房保障12条、公共法律服务12条、其他法定信息12条、社区事务公开12条。",
            "我街道在4个社区设立标准化政务公开栏，配备自助查询终端。",
        ],
    );
    right(
        "南平市财政局",
        "kind = \"department\"",
        &[
            // 南平 2012, 安镇街道 2025.
            "办公地址：福建省南平市八一路439号，邮编：353000，电话：0599-8830330，传真：0599-8891101，电子邮箱：xxgk@np.gov.cn。",
            "全年累计公开信息59条，内容涵盖政务信息12条、基层政务8条、工作动态29条、通知公告3条、开放月活动集锦6条以及涉企行政检查公示1条。",
        ],
    );
}
