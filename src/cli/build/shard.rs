//! `--shard I/N`: one of N parts of a batch, for the array job of a scheduler.

use std::str::FromStr;

use crate::{
    cli::{Failure, input::Input},
    output::Share,
};

/// The variables in which a scheduler gives the number of a task: Kubernetes (indexed jobs), Slurm (arrays).
const TASK: [&str; 2] = ["JOB_COMPLETION_INDEX", "SLURM_ARRAY_TASK_ID"];

/// The part that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shard {
    /// From 0; `None` where the scheduler gives it.
    index: Option<usize>,
    of: usize,
}

/// The part that is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    index: usize,
    of: usize,
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || "写成 I/N，例如 0/8 到 7/8；或者 auto/8".to_owned();
        let (index, of) = text.split_once('/').ok_or_else(wrong)?;
        let of: usize = of.parse().ok().filter(|of| *of > 0).ok_or_else(wrong)?;
        let index = match index {
            "auto" => None,
            index => Some(index.parse().ok().filter(|index| *index < of).ok_or_else(wrong)?),
        };
        Ok(Self { index, of })
    }
}

impl Shard {
    /// The part, with the number that the scheduler gives.
    ///
    /// # Errors
    /// It gives none, or one that is too large.
    #[allow(clippy::disallowed_methods, reason = "this is the command line")]
    pub(super) fn settle(&self) -> Result<Part, Failure> {
        let of = self.of;
        if let Some(index) = self.index {
            return Ok(Part { index, of });
        }
        let given = TASK.iter().find_map(|name| Some((*name, std::env::var(name).ok()?)));
        let Some((name, value)) = given else {
            return Err(Failure(format!(
                "--shard auto/{of} 要由作业调度系统给出序号（环境变量 {}），这里没有。请写明序号，例如 --shard 0/{of}",
                TASK.join(" 或 ")
            )));
        };
        let index = value.trim().parse().ok().filter(|index| *index < of);
        let index = index.ok_or_else(|| {
            Failure(format!("环境变量 {name} 是“{value}”，应为 0 到 {} 的整数。请检查作业的序号范围", of - 1))
        })?;
        Ok(Part { index, of })
    }
}

impl Part {
    /// Its reports: every N-th, so that each part has its share of the large ones.
    pub(super) fn of<'i>(&self, all: &'i [Input]) -> Vec<&'i Input> {
        all.iter().skip(self.index).step_by(self.of).collect()
    }

    /// Its share of the output folder.
    pub(super) fn share(&self) -> Share {
        Share::Part { index: self.index, of: self.of }
    }
}
