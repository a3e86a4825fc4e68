//! `gongbao watch`: a draft that is made again at every change of data, template or faces.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::mpsc,
    time::{Duration, Instant},
};

use clap::Args;
use notify::{EventKind, RecursiveMode, Watcher, event::ModifyKind};

use super::{
    Failure, Outcome,
    config::Settings,
    input::{self, Input},
    print, tell, yardsticks,
};
use crate::output::{Folder, Kind, Maker, Plan};
use gongbao_core::finding::{render_all, summary};
use gongbao_formats::load::load_and_check;

/// What stands under `gongbao watch --help`.
const NOTES: &str = "\
边改边看：报告文件、模板或字体一有改动，就检查一遍，重新生成网站用PDF；有错误时出样稿（STEM-draft.pdf）。
按 Ctrl-C 结束。

例：
  gongbao watch 民政局-2025.toml
  gongbao watch 民政局-2025.toml --template 我的模板
";

/// How long nothing must happen before work begins: editors write a file in several steps.
const QUIET: Duration = Duration::from_millis(150);

/// Arguments of `gongbao watch`.
#[derive(Debug, Args)]
#[command(after_help = NOTES)]
pub(super) struct Watch {
    /// 报告文件（.toml、.json、.yaml、.xlsx）
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// 成品放到哪个文件夹，默认 out
    #[arg(short, long = "out", value_name = "文件夹")]
    out: Option<PathBuf>,
    #[command(flatten)]
    yardsticks: yardsticks::Given,
}

impl Watch {
    pub(super) fn run(self, settings: &Settings) -> Result<Outcome, Failure> {
        if !self.file.is_file() {
            return Err(Failure(format!("“{}”不是文件。请检查路径", self.file.display())));
        }
        let out = self.out.clone().unwrap_or_else(|| settings.out.clone());
        let inputs = input::inputs(std::slice::from_ref(&self.file), &out)?;
        let Some(input) = inputs.first() else { return Ok(Outcome::Failed) };
        let (send, events) = mpsc::channel();
        let mut watcher = notify::recommended_watcher(send)
            .map_err(|error| Failure(format!("不能监视文件的改动：{error}")))?;
        for (folder, below) in self.folders(settings) {
            let mode = if below { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
            watcher
                .watch(&folder, mode)
                .map_err(|error| Failure(format!("不能监视“{}”：{error}", folder.display())))?;
        }
        print(&format!("正在监视“{}”，有改动就重新生成；按 Ctrl-C 结束\n", self.file.display()));
        // Typst needs more of a stack than some systems give the main thread.
        std::thread::scope(|scope| {
            let out = out.as_path();
            let work = move || {
                loop {
                    self.round(settings, input, out);
                    if !self.wait(&events, out) {
                        return;
                    }
                }
            };
            let thread = std::thread::Builder::new().stack_size(16 << 20).spawn_scoped(scope, work);
            thread.map(|_| ())
        })?;
        Ok(Outcome::Failed)
    }

    /// The folders in which something may change: a file that is replaced is a new one, but its folder stays.
    fn folders(&self, settings: &Settings) -> BTreeSet<(PathBuf, bool)> {
        let above =
            self.file.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut folders = BTreeSet::from([(above.to_owned(), false)]);
        folders.extend(settings.template.iter().chain(&settings.font_dirs).map(|dir| (dir.clone(), true)));
        folders
    }

    /// Waits for a change and then for quiet; not, if nothing can change any more.
    fn wait(&self, events: &mpsc::Receiver<notify::Result<notify::Event>>, out: &Path) -> bool {
        let out = out.canonicalize().ok();
        loop {
            let Ok(event) = events.recv() else { return false };
            if !event.is_ok_and(|event| self.concerns(&event, out.as_deref())) {
                continue;
            }
            let mut last = Instant::now();
            while let Some(left) = QUIET.checked_sub(last.elapsed()) {
                match events.recv_timeout(left) {
                    Ok(_) => last = Instant::now(),
                    Err(mpsc::RecvTimeoutError::Timeout) => break,
                    Err(mpsc::RecvTimeoutError::Disconnected) => return false,
                }
            }
            return true;
        }
    }

    /// Whether a change is one of what the pages are made from: neither a look at a file, nor our own outputs, nor what
    /// somebody keeps beside a file while it is open.
    fn concerns(&self, event: &notify::Event, out: Option<&Path>) -> bool {
        let is_change = match event.kind {
            EventKind::Access(_) | EventKind::Modify(ModifyKind::Metadata(_)) => false,
            EventKind::Any
            | EventKind::Create(_)
            | EventKind::Modify(_)
            | EventKind::Remove(_)
            | EventKind::Other => true,
        };
        let matters = |path: &PathBuf| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let is_hidden = name.starts_with('.') || name.starts_with("~$") || name.ends_with('~');
            let is_out = out.is_some_and(|out| path.starts_with(out));
            !is_hidden && !is_out && !path.is_dir()
        };
        is_change && event.paths.iter().any(matters)
    }

    /// Checks and makes the report once; what goes wrong is told, and the watch goes on.
    fn round(&self, settings: &Settings, input: &Input, out: &Path) {
        let started = Instant::now();
        match self.make(settings, input, out) {
            Ok(told) => print(&format!("{told}（{:.2}秒）\n", started.elapsed().as_secs_f64())),
            Err(Failure(message)) => tell(&format!("没有生成：{message}\n")),
        }
        // The next round sets nearly the same pages.
        typst::comemo::evict(4);
    }

    fn make(&self, settings: &Settings, input: &Input, out: &Path) -> Result<String, Failure> {
        use std::io::IsTerminal;
        let yardsticks = self.yardsticks.settle(settings)?;
        let fonts = settings.fonts()?;
        let template = settings.template()?;
        let judged = load_and_check(
            &input.name(),
            input.bytes(),
            input.base(),
            input.found,
            yardsticks.against(&fonts),
        );
        let judged = yardsticks.strict(judged);
        print(&render_all(&judged.findings, std::io::stdout().is_terminal()));
        let Some(file) = &judged.file else { return Err(Failure("文件读不出来".to_owned())) };
        let blocked = |finding: &&gongbao_core::finding::Finding| finding.blocks();
        let errors: Vec<_> = judged.findings.iter().filter(blocked).collect();
        if errors.iter().any(|finding| finding.concern().stops_draft()) {
            return Err(Failure(format!("{}，请先改正", summary(&judged.findings))));
        }
        let plan = Plan {
            kinds: vec![Kind::Web],
            draft: (!errors.is_empty()).then(|| "草稿".to_owned()),
            attach: true,
            portal: settings.portal.clone(),
            word_margins: settings.word_margins,
            force: false,
            inline_corrections: false,
        };
        let folder = Folder::new(out, &input.stem);
        let made = Maker::new(&fonts, &template, plan)?.make(file, &folder)?;
        let paths: Vec<String> =
            made.outputs.iter().map(|output| folder.path(&output.path).display().to_string()).collect();
        let what = if made.unchanged { "没有变化" } else { "已生成" };
        Ok(format!("{what}：{}；{}", paths.join("、"), summary(&judged.findings)))
    }
}
