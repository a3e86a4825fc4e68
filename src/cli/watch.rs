//! `gongbao watch`: builds a draft again after every change of the report, the template or the fonts.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::mpsc,
    time::{Duration, Instant},
};

use clap::Args;
use notify::{EventKind, RecursiveMode, Watcher, event::ModifyKind};

use super::{
    Failure, Outcome, check_options::CheckArguments, colour, config::Settings, print, print_styled, tell,
};
use crate::{
    batch::ReportInput,
    output::{Folder, Kind, Maker, Plan},
};
use gongbao_core::finding::{render_all, summary};
use gongbao_core::paths::PathExt;
use gongbao_formats::load::load_and_check;

/// Text at the end of `gongbao watch --help`.
const NOTES: &str = "\
边改边看：报告文件、模板或字体一有改动，就检查一遍，重新生成网站用PDF；有错误时出样稿（STEM-draft.pdf）。
按 Ctrl-C 结束。

例：
  gongbao watch 民政局-2025.toml
  gongbao watch 民政局-2025.toml --template 我的模板
";

/// Time without further changes before a build begins, since editors write a file in several steps.
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
    check: CheckArguments,
}

impl Watch {
    /// Returns the files and folders of reports that the user named.
    pub(super) fn paths(&self) -> Vec<&Path> {
        vec![&self.file]
    }

    pub(super) fn run(self, settings: &Settings) -> Result<Outcome, Failure> {
        if !self.file.is_file() {
            return Err(Failure(format!("“{}”不是文件。请检查路径", self.file.to_text())));
        }
        let out = self.out.clone().unwrap_or_else(|| settings.out.clone());
        let input = &ReportInput::named(&self.file);
        let (send, events) = mpsc::channel();
        let mut watcher = notify::recommended_watcher(send)
            .map_err(|error| Failure(format!("不能监视文件的改动：{error}")))?;
        for (folder, below) in self.folders(settings) {
            let mode = if below { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
            watcher
                .watch(&folder, mode)
                .map_err(|error| Failure(format!("不能监视“{}”：{error}", folder.to_text())))?;
        }
        print(&format!("正在监视“{}”，有改动就重新生成；按 Ctrl-C 结束\n", self.file.to_text()));
        // Typst needs a larger stack than the main thread has on some systems.
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

    /// Returns the folders to watch, each with whether its subfolders are watched. Folders are watched instead of files,
    /// because an editor may replace a file by a new one.
    fn folders(&self, settings: &Settings) -> BTreeSet<(PathBuf, bool)> {
        let above =
            self.file.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut folders = BTreeSet::from([(above.to_owned(), false)]);
        folders.extend(settings.template_folder().map(|dir| (dir, true)));
        folders.extend(settings.font_dirs.iter().map(|dir| (dir.clone(), true)));
        folders
    }

    /// Waits until a file has changed and no more changes follow. Returns `false` if the watcher has ended.
    fn wait(&self, events: &mpsc::Receiver<notify::Result<notify::Event>>, out: &Path) -> bool {
        let out = out.canonical().ok();
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

    /// Whether an event changes an input: not an access, an output, or a hidden or temporary file of an editor.
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

    /// Checks and builds the report once, and shows the result or the error.
    fn round(&self, settings: &Settings, input: &ReportInput, out: &Path) {
        let started = Instant::now();
        match self.make(settings, input, out) {
            Ok(message) => print(&format!("{message}（{:.2}秒）\n", started.elapsed().as_secs_f64())),
            Err(Failure(error)) => tell(&format!("没有生成：{error}\n")),
        }
        // The next round sets almost the same pages, so Typst's cache is kept for some rounds.
        typst::comemo::evict(4);
    }

    /// Checks and builds the report; returns the message to show.
    fn make(&self, settings: &Settings, input: &ReportInput, out: &Path) -> Result<String, Failure> {
        let setup = self.check.setup(settings)?;
        let fonts = settings.fonts()?;
        let template = settings.template()?;
        let context = setup.context(&fonts);
        let loaded = load_and_check(&input.name(), input.bytes(), input.base(), input.found, context);
        let loaded = setup.apply_strictness(loaded);
        print_styled(&render_all(&loaded.findings, colour::on_stdout()));
        let Some(file) = &loaded.file else { return Err(Failure("文件读不出来".to_owned())) };
        let blocked = |finding: &&gongbao_core::finding::Finding| finding.blocks();
        let errors: Vec<_> = loaded.findings.iter().filter(blocked).collect();
        if errors.iter().any(|finding| finding.concern().stops_draft()) {
            return Err(Failure(format!("{}，请先改正", summary(&loaded.findings))));
        }
        let plan = Plan {
            draft: (!errors.is_empty()).then(|| "草稿".to_owned()),
            portal: settings.portal.clone(),
            word_margins: settings.word_margins,
            ..Plan::new([Kind::Web])
        };
        let folder = Folder::new(out, &input.stem);
        let made = Maker::new(&fonts, &template, plan)?.make(file, &folder)?;
        let paths: Vec<String> =
            made.outputs.iter().map(|output| folder.path(&output.path).to_text()).collect();
        let state = if made.unchanged { "没有变化" } else { "已生成" };
        Ok(format!("{state}：{}；{}", paths.join("、"), summary(&loaded.findings)))
    }
}
