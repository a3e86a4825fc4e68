//! S1–S10: the figures.

use super::RuleInfo;
use crate::finding::Severity::{Error, Warning};

const FORM: &str = "格式（国办公开办函〔2021〕30号、〔2019〕60号）";

pub(super) const RULES: [RuleInfo; 10] = [
    RuleInfo {
        code: "S1",
        severity: Error,
        varies: "",
        title: "表三各列勾稽关系",
        demands: "表三每一列：第一项（本年新收）加第二项（上年结转），等于第三项（七）总计加第四项（结转下年度继续办理）。七列都要成立，不只是“总计”列。",
        source: "印在表三左上角：“第一项加第二项之和，等于第三项加第四项之和”。格式（国办公开办函〔2021〕30号、〔2019〕60号）",
        mend: "按提示的列逐格核对申请台账。提示给出“最可能填错的”一格时，先核对那一格。",
    },
    RuleInfo {
        code: "S2",
        severity: Error,
        varies: "",
        title: "表三办理结果各列合计",
        demands: "表三每一列：（一）至（六）各项之和等于（七）总计。",
        source: "“（七）总计”的含义；各地审核年报的通行做法",
        mend: "逐项核对这一列；总计可以不填，由程序计算。",
    },
    RuleInfo {
        code: "S3",
        severity: Error,
        varies: "",
        title: "表三各行合计",
        demands: "表三每一行：自然人、商业企业、科研机构、社会公益组织、法律服务机构、其他之和等于总计。",
        source: "“总计”列的含义；各地审核年报的通行做法",
        mend: "逐格核对这一行；总计可以不填，由程序计算。",
    },
    RuleInfo {
        code: "S4",
        severity: Error,
        varies: "",
        title: "表四各组合计",
        demands: "表四行政复议、未经复议直接起诉、复议后起诉三组，每组：结果维持、结果纠正、其他结果、尚未审结之和等于总计。",
        source: "“总计”的含义；各地审核年报的通行做法",
        mend: "逐格核对这一组；总计可以不填，由程序计算。",
    },
    RuleInfo {
        code: "S5",
        severity: Warning,
        varies: "用 --last-year 指定了上年报告，或上年报告已公布的，为错误",
        title: "上年结转与上年报告衔接",
        demands: "表三每一列：本年第二项（上年结转）等于上年报告的第四项（结转下年度继续办理）。",
        source: "“上年结转”“结转下年度”的字面含义",
        mend: "对照上年已公布的报告改正。上年报告有误的，先更正上年报告；机构合并等确有原因的，用 [[accepted]] 说明。",
    },
    RuleInfo {
        code: "S6",
        severity: Warning,
        varies: "",
        title: "现行有效件数与上年衔接",
        demands: "2021年格式：规章、行政规范性文件的现行有效件数，等于上年现行有效件数加本年制发件数减本年废止件数。",
        source: "各地审核年报的通行做法；重新清理、自然失效会使它不成立，所以只是提醒",
        mend: "核对三个数；确因清理或自然失效不相等的，在单元格注明，或用 [[accepted]] 说明。",
    },
    RuleInfo {
        code: "S7",
        severity: Warning,
        varies: "",
        title: "项目数量与上年衔接",
        demands: "2019年格式：本年“上一年项目数量”等于上年报告的“上一年项目数量”加“本年增/减”。",
        source: "栏目名称的字面含义；项目重新归并会使它不成立，所以只是提醒",
        mend: "对照上年报告核对；确有原因的，用 [[accepted]] 说明。",
    },
    RuleInfo {
        code: "S8",
        severity: Warning,
        varies: "“新公开”多于“新制作”的为待确认（公开了往年制作的文件时会这样）",
        title: "新公开数量不大于对外公开总数量",
        demands: "2019年格式：规章、规范性文件的本年新公开数量不大于对外公开总数量。",
        source: "栏目名称的字面含义",
        mend: "核对两栏是否填反。",
    },
    RuleInfo {
        code: "S9",
        severity: Error,
        varies: "",
        title: "汇总报告等于各单位之和",
        demands: "汇总报告的表二、表三、表四，每一格等于所汇总各单位相应格之和；现行有效的规章不重复计算。",
        source: "各地汇总全省（全市）数据的做法",
        mend: "用 gongbao rollup 重新汇总；--explain 可以列出某一格由哪些单位相加。",
    },
    RuleInfo {
        code: "S10",
        severity: Error,
        varies: "",
        title: "件数是非负整数",
        demands: "件数、宗数是不小于零的整数，金额不小于零；只有“本年增/减”可以是负数。",
        source: FORM,
        mend: "核对负数和小数；收费、采购金额以外的各格只填整数。",
    },
];
