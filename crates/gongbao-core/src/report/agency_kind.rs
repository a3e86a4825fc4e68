//! The kinds of bodies that report.

/// The kind of an agency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AgencyKind {
    /// 一级政府.
    Government,
    /// 政府办公厅（室）.
    Office,
    /// 政府部门.
    Department,
    /// 乡镇人民政府、街道办事处.
    Town,
    /// 垂直管理部门.
    Vertical,
}

impl AgencyKind {
    /// Key and name of each kind.
    pub const OPTIONS: [(&str, &str); 5] = {
        let [a, b, c, d, e] = Self::ALL;
        [a.option(), b.option(), c.option(), d.option(), e.option()]
    };

    const fn option(self) -> (&'static str, &'static str) {
        (self.key(), self.name())
    }

    /// All kinds.
    pub const ALL: [Self; 5] = [Self::Government, Self::Office, Self::Department, Self::Town, Self::Vertical];

    /// Its name in Chinese.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Government => "政府",
            Self::Office => "政府办公厅（室）",
            Self::Department => "部门",
            Self::Town => "乡镇、街道",
            Self::Vertical => "垂直管理部门",
        }
    }

    /// Its key in the data format.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Government => "government",
            Self::Office => "office",
            Self::Department => "department",
            Self::Town => "town",
            Self::Vertical => "vertical",
        }
    }
}
