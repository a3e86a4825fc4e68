//! What a site says of itself on each of its pages: `[portal]` of `gongbao.toml`.
//!
//! The labels and what they hold are those of 《政府网站发展指引》（国办发〔2017〕47号）, annex 网页设计规范: labels of the
//! site, of the column and of the content (`ArticleTitle`, `PubDate`, `ContentSource`, …, which the report gives).

use serde::{Deserialize, Serialize};

/// The labels of the site and of the column that reports stand in. One that is not given is not written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Portal {
    /// 网站名称: the site's regular name.
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
    /// 栏目类别; the annex lists 信息公开年报 among them, which it is where the column is named and this is not.
    pub column_type: String,
}

impl Portal {
    /// What the keys are called in `gongbao.toml`.
    pub const KEYS: [&str; 7] = [
        "site-name",
        "site-domain",
        "site-id-code",
        "column-name",
        "column-description",
        "column-keywords",
        "column-type",
    ];

    /// The labels by the names that the annex gives them, in its order.
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
