//! The codes of all rules.

use std::{fmt, sync::Arc};

use serde::{Deserialize, Serialize, Serializer};

/// Calls a macro with one row per rule: variant of [`Rule`], module in `check::rules`, code.
///
/// A row here and the file `check/rules/MODULE.rs` register a rule. The order of the rows is the order of
/// `docs/rules.md`.
macro_rules! each_rule {
    ($callback:ident) => {
        $callback! {
            S1 s1 "S1",
            S2 s2 "S2",
            S3 s3 "S3",
            S4 s4 "S4",
            S5 s5 "S5",
            S6 s6 "S6",
            S7 s7 "S7",
            S8 s8 "S8",
            S9 s9 "S9",
            S10 s10 "S10",
            P1 p1 "P1",
            P2 p2 "P2",
            P3 p3 "P3",
            P4 p4 "P4",
            P5 p5 "P5",
            P6 p6 "P6",
            P7 p7 "P7",
            P8 p8 "P8",
            P9 p9 "P9",
            P10 p10 "P10",
            P11 p11 "P11",
            Unreadable unreadable "unreadable",
            UnknownKey unknown_key "unknown-key",
            Shape shape "shape",
            Missing missing "missing",
            Blank blank "blank",
            Scale scale "scale",
            Uncorrected uncorrected "uncorrected",
            Placeholder placeholder "placeholder",
            Character character "character",
            Glyph glyph "glyph",
            FormYear form_year "form-year",
            LastYear last_year "last-year",
            Roster roster "roster",
            Member member "member",
            Stale stale "stale",
            Deadline deadline "deadline",
            Privacy privacy "privacy",
            Copied copied "copied",
            Aspects aspects "aspects",
            RulesPower rules_power "rules-power",
            TemplateText template_text "template-text",
            OtherAgency other_agency "other-agency",
            SelfName self_name "self-name",
            Title title "title",
            Contact contact "contact",
            DoubledWord doubled_word "doubled-word",
            Punctuation punctuation "punctuation",
            Wording wording "wording",
            Calendar calendar "calendar",
            EmptyHeading empty_heading "empty-heading",
            Repeated repeated "repeated",
            Numbering numbering "numbering",
            Citation citation "citation",
            Unplaced unplaced "unplaced",
            Attachment attachment "attachment",
            LayoutTorn layout_torn "layout-torn",
            LayoutSmall layout_small "layout-small",
            LayoutUntagged layout_untagged "layout-untagged",
            LayoutFonts layout_fonts "layout-fonts",
            LayoutText layout_text "layout-text",
            Local local "local",
        }
    };
}
pub(crate) use each_rule;

macro_rules! define_rules {
    ($($variant:ident $module:ident $code:literal,)*) => {
        /// A rule that findings are reported under.
        ///
        /// Its documentation and properties are in `check::rules` ([`Rule::info`]).
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
        #[serde(from = "String")]
        #[non_exhaustive]
        pub enum Rule {
            $(#[doc = concat!("`", $code, "`")] $variant,)*
            /// An arithmetic rule of a form file that the program does not ship, with its code.
            Custom(Arc<str>),
        }

        impl Rule {
            /// All rules of the program, in the order of `docs/rules.md`.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The code: `S1`, `unknown-key`.
            pub fn code(&self) -> &str {
                match self {
                    $(Self::$variant => $code,)*
                    Self::Custom(code) => code,
                }
            }

            /// Returns the rule of the program with this code.
            pub fn from_code(code: &str) -> Option<Self> {
                match code {
                    $($code => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }
    };
}
each_rule!(define_rules);

impl From<String> for Rule {
    /// Returns the rule of the program with this code, otherwise a custom rule.
    fn from(code: String) -> Self {
        Self::from_code(&code).unwrap_or_else(|| Self::Custom(code.into()))
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}
