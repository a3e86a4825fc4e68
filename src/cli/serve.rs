//! `gongbao serve`: serves a page for filling in reports, to the browser on the same machine.

mod browser;
mod home;
mod running;

use std::path::{Path, PathBuf};

use clap::Args;

use self::home::Home;
use super::{
    Failure, Outcome, check_options::CheckArguments, config::Settings, development::Development, print, tell,
};
use crate::serve::{
    PortChoice, Ready, Secret, ServeError, Setup, TemplateSource, folder_name, new_code, serve,
};
use gongbao_core::{check::LocalRules, digest::sha256, paths::PathExt};

/// Text at the end of `gongbao serve --help`.
const NOTES: &str = "\
在浏览器里填报：打开一个文件夹，新建或打开里面的报告，边填边检查，边看排好的版面。
只在本机上能打开，不联网，也不把任何内容传出去；同一台电脑上的其他用户也打不开。改动随时自动保存；按 Ctrl-C 或关掉窗口就结束。

例：
  gongbao serve
  gongbao serve 各部门 --port 8700 --no-open
";

/// First of the ports that a folder may have; below the ports that systems give to outgoing connections.
const FIRST_PORT: u16 = 27_000;
/// Number of these ports.
const PORTS: u16 = 3000;
/// Number of ports that are tried before any free one is used.
const TRIED: u16 = 20;

/// Arguments of `gongbao serve`.
#[derive(Debug, Args)]
#[command(after_help = NOTES)]
pub(super) struct Serve {
    /// 报告所在的文件夹，不写就是当前文件夹
    #[arg(value_name = "DIR", default_value = ".", hide_default_value = true)]
    folder: PathBuf,
    /// 用哪个端口，不写就每次用同一个（被占用时换一个）
    #[arg(long, value_name = "N")]
    port: Option<u16>,
    /// 不打开浏览器，只显示网址和一次性口令
    #[arg(long)]
    no_open: bool,
}

impl Serve {
    /// Returns the files and folders of reports that the user named.
    pub(super) fn paths(&self) -> Vec<&Path> {
        vec![&self.folder]
    }

    pub(super) fn run(self, settings: &Settings) -> Result<Outcome, Failure> {
        if !self.folder.is_dir() {
            return Err(Failure(format!("“{}”不是文件夹。请检查路径", self.folder.to_text())));
        }
        let home = Home::find()?;
        let secret = home.secret()?;
        let folder = folder_name(&self.folder)
            .map_err(|error| Failure(format!("文件夹“{}”不能使用：{error}", self.folder.to_text())))?;
        let port = self.port_choice(&home, &folder);
        let development = settings.development.as_ref();
        let reloaded = development.filter(|_| settings.template.is_none()).map(Development::template);
        let setup = Setup {
            out: settings.out.clone(),
            fonts: settings.fonts()?,
            template: TemplateSource::new(settings.template()?, reloaded),
            page: development.map(Development::page),
            rules: settings.rules.as_deref().map(LocalRules::from_path).transpose()?,
            check: CheckArguments::default().options(settings),
            roster: settings.roster.clone(),
            portal: settings.portal.clone(),
            word_margins: settings.word_margins,
            folder: self.folder.clone(),
            secret: secret.clone(),
            reveal: |folder| open::that_detached(folder).is_ok(),
        };
        let done = serve(setup, &port, |ready| {
            home.remember_port(&folder, ready.address.port());
            self.show(&home, &ready);
        });
        match done {
            Err(ServeError::Taken(taken)) => self.open_running(&home, &secret, &folder, &taken),
            done => Ok(done.map(|()| Outcome::Done)?),
        }
    }

    /// Returns the ports to try: the given one, or the one that the folder had last, or one that follows from the name of
    /// the folder, so that two folders seldom have the same.
    fn port_choice(&self, home: &Home, folder: &str) -> PortChoice {
        match self.port {
            Some(0) => PortChoice::FirstOf(Vec::new()),
            Some(port) => PortChoice::Exactly(port),
            None => {
                let digest = sha256(folder.as_bytes());
                let number = digest.bytes().rev().take(8).fold(0_u32, |sum, byte| {
                    sum.wrapping_mul(16).wrapping_add(char::from(byte).to_digit(16).unwrap_or_default())
                });
                let first = u16::try_from(number % u32::from(PORTS - TRIED)).unwrap_or_default();
                let derived = (0..TRIED).map(|more| FIRST_PORT + first + more);
                PortChoice::FirstOf(home.port(folder).into_iter().chain(derived).collect())
            }
        }
    }

    /// Shows the address and the code, and opens the browser.
    fn show(&self, home: &Home, ready: &Ready) {
        let Ready { address, code } = ready;
        print(&format!("http://{address}/\n"));
        if !self.no_open && browser::open(home, *address, code) {
            tell("已在浏览器里打开；按 Ctrl-C 或关掉这个窗口就结束\n");
        } else {
            if !self.no_open {
                tell("浏览器没有自动打开，请把上面的网址复制到浏览器的地址栏里\n");
            }
            tell("打开上面的网址后填这个一次性口令，一分钟内有效；过时了重新运行一次：\n");
            print(&format!("{code}\n"));
        }
    }

    /// Opens the page of the server that already runs for this folder, once it has proved to be the user's own.
    fn open_running(
        &self,
        home: &Home,
        secret: &Secret,
        folder: &str,
        taken: &Path,
    ) -> Result<Outcome, Failure> {
        let other = || Failure::from(ServeError::Taken(taken.to_owned()));
        let port = home.port(folder).ok_or_else(other)?;
        let code = new_code()?;
        if !running::admit(port, secret, folder, &code) {
            return Err(other());
        }
        let ready = Ready { address: ([127, 0, 0, 1], port).into(), code };
        tell("这个文件夹已经打开，用的是先前启动的那个窗口；请不要关掉它\n");
        self.show(home, &ready);
        Ok(Outcome::Done)
    }
}
