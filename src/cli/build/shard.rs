//! The value of `--shard I/N`: one of N parts of a batch, for array jobs of a scheduler.

use std::str::FromStr;

use crate::{cli::Failure, output::Shard};

/// Environment variables with the number of an array task: Kubernetes indexed jobs, Slurm arrays.
const TASK_VARIABLES: [&str; 2] = ["JOB_COMPLETION_INDEX", "SLURM_ARRAY_TASK_ID"];

/// The value of `--shard`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ShardArgument {
    /// Number of the part, from 0; `None` for `auto`.
    index: Option<usize>,
    /// Number of parts.
    of: usize,
}

impl FromStr for ShardArgument {
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

impl ShardArgument {
    /// Returns the shard; for `auto` its number is read from the environment.
    ///
    /// # Errors
    /// The environment has no task number, or one that is too large.
    #[allow(clippy::disallowed_methods, reason = "this is the command line")]
    pub(super) fn settle(&self) -> Result<Shard, Failure> {
        let of = self.of;
        if let Some(index) = self.index {
            return Ok(Shard::Part { index, of });
        }
        let given = TASK_VARIABLES.iter().find_map(|name| Some((*name, std::env::var(name).ok()?)));
        let Some((name, value)) = given else {
            return Err(Failure(format!(
                "--shard auto/{of} 要由作业调度系统给出序号（环境变量 {}），这里没有。请写明序号，例如 --shard 0/{of}",
                TASK_VARIABLES.join(" 或 ")
            )));
        };
        let index = value.trim().parse().ok().filter(|index| *index < of);
        let index = index.ok_or_else(|| {
            Failure(format!("环境变量 {name} 是“{value}”，应为 0 到 {} 的整数。请检查作业的序号范围", of - 1))
        })?;
        Ok(Shard::Part { index, of })
    }
}
