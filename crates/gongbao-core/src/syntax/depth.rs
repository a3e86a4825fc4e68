//! Limit on the nesting of values.

use std::{ops::Range, sync::Arc};

use super::{Source, error::unreadable};
use crate::finding::Finding;

/// Maximum nesting of lists and tables. A report needs five levels; the limit bounds recursion.
pub(super) const LIMIT: usize = 64;

/// Finding for a value that nests deeper.
pub(super) fn too_deep(source: &Arc<Source>, span: Range<usize>) -> Finding {
    unreadable(source, span, format!("括号或层级嵌套超过{LIMIT}层，这不像一份年度报告数据文件"))
        .hint("请检查此处是否误输入了成串的括号或点号，或者选错了文件")
}
