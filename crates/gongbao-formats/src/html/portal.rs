//! Labels of a government site: `[portal]` of `gongbao.toml`.
//!
//! They are defined in the annex 网页设计规范 of 《政府网站发展指引》（国办发〔2017〕47号）: labels of the site, of the column, and
//! of the content (`ArticleTitle`, `PubDate`, `ContentSource`, …), which follow from the report.

use serde::{Deserialize, Serialize};

/// Labels of the site and of the column with the reports. Empty labels are not written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Portal {
    /// 网站名称: official name of the site.
    pub site_name: String,
    /// 网站域名: `www.example.gov.cn`.
    pub site_domain: String,
    /// 政府网站标识码: ten characters.
    pub site_id_code: String,
    /// 栏目名称.
    pub column_name: String,
    /// 栏目描述.
    pub column_description: String,
    /// 栏目关键词.
    pub column_keywords: String,
    /// 栏目类别. If it is empty and the column has a name, 信息公开年报, one of the annex's categories, is used.
    pub column_type: String,
}

impl Portal {
    /// Keys in `gongbao.toml`.
    pub const KEYS: [&str; 7] = [
        "site-name",
        "site-domain",
        "site-id-code",
        "column-name",
        "column-description",
        "column-keywords",
        "column-type",
    ];

    /// Labels with the names of the annex, in its order.
    pub(super) fn labels(&self) -> Vec<(&'static str, &str)> {
        let column_type = match self.column_type.as_str() {
            "" if !self.column_name.is_empty() => "信息公开年报",
            given => given,
        };
        let labels = [
            ("SiteName", self.site_name.as_str()),
            ("SiteDomain", &self.site_domain),
            ("SiteIDCode", &self.site_id_code),
            ("ColumnName", &self.column_name),
            ("ColumnDescription", &self.column_description),
            ("ColumnKeywords", &self.column_keywords),
            ("ColumnType", column_type),
        ];
        labels.into_iter().filter(|(_, value)| !value.is_empty()).collect()
    }
}
