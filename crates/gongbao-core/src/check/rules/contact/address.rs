//! E-mail and web addresses: where a text has them, and why one cannot be.

use std::ops::Range;

/// The second levels of .cn that bodies use.
const SECOND_LEVELS: [&str; 6] = ["gov", "com", "org", "net", "edu", "ac"];

/// The stretches of a text that may be an address: letters, digits and signs of addresses, and full-width stops that stand
/// where a point belongs.
pub(super) fn runs(text: &str) -> Vec<Range<usize>> {
    let is_sign = |c: char| c.is_ascii_alphanumeric() || "@._-:/~%?=&+#＠．".contains(c);
    let mut runs = Vec::new();
    let mut rest = 0;
    while let Some(start) = text[rest..].find(is_sign).map(|at| rest + at) {
        let mut end = start;
        loop {
            end += text[end..].find(|c| !is_sign(c)).unwrap_or(text.len() - end);
            // www.gov。cn: the stop stands for a point.
            let tail = &text[end..];
            let after = ["。", "，", "、"].iter().find_map(|stop| tail.strip_prefix(stop));
            let goes_on = after.is_some_and(|after| {
                let label: String = after.chars().take_while(char::is_ascii_alphabetic).collect();
                ["cn", "com", "org", "net", "gov"].contains(&label.as_str())
            });
            if !goes_on || !text[start..end].contains('.') {
                break;
            }
            end += tail.chars().next().map_or(1, char::len_utf8);
        }
        rest = end.max(start + 1);
        let run = text[start..end].trim_end_matches(['.', ':', '/', '-']);
        if run.len() >= 4 {
            runs.push(start..start + run.len());
        }
        rest = rest.max(end);
        while !text.is_char_boundary(rest) {
            rest += 1;
        }
    }
    runs
}

/// Whether a stretch is an e-mail address, or stands where one belongs.
pub(super) fn is_mail(run: &str, before: &str) -> bool {
    let is_named = ["邮箱：", "邮箱:", "邮箱为", "邮件：", "E-mail：", "Email："]
        .iter()
        .any(|name| before.ends_with(name));
    run.contains(['@', '＠'])
        || is_named && run.contains('.') && run.contains(|c: char| c.is_ascii_alphabetic())
}

/// Whether a stretch is a web address.
pub(super) fn is_site(run: &str) -> bool {
    let host = host(run);
    let last = host.rsplit(['.', '。', '．']).next().unwrap_or_default();
    run.starts_with("http")
        || host.starts_with("www")
        || host.contains('.')
            && ["cn", "com", "net", "org"].contains(&last)
            && !host.starts_with(|c: char| c.is_ascii_digit())
}

/// Why an e-mail address cannot be one.
pub(super) fn mail_fault(mail: &str) -> Option<String> {
    let at = mail.matches(['@', '＠']).count();
    if at != 1 {
        return Some(if at == 0 { "没有“@”".to_owned() } else { format!("有{at}个“@”") });
    }
    if mail.contains('＠') {
        return Some("“＠”是全角的".to_owned());
    }
    let (local, host) = mail.split_once('@')?;
    let is_local = !local.is_empty()
        && local.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~.-".contains(&byte));
    if !is_local {
        return Some("“@”前面的名字不对".to_owned());
    }
    host_fault(host)
}

/// Why a web address cannot be one.
pub(super) fn site_fault(site: &str) -> Option<String> {
    // Names in Chinese characters, 上海.政务, are none of the program's business.
    if site.chars().all(|c| !c.is_ascii_alphabetic()) {
        return None;
    }
    if let Some(scheme) = site.split_once("//").map(|(scheme, _)| scheme).filter(|_| site.starts_with("http"))
    {
        if !["http:", "https:"].contains(&scheme) {
            return Some(format!("“{scheme}//”写得不对"));
        }
    } else if site.starts_with("http") {
        return Some("“http”后面应是“://”".to_owned());
    }
    host_fault(host(site))
}

/// Why the name of a host cannot be one.
fn host_fault(host: &str) -> Option<String> {
    if let Some(stop) = host.chars().find(|c| "。，、．".contains(*c)) {
        return Some(format!("“{stop}”应为半角的点“.”"));
    }
    let labels: Vec<&str> = host.split('.').collect();
    let is_label = |label: &&str| {
        !label.is_empty()
            && label.len() <= 63
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    if host.is_ascii() && !labels.iter().all(is_label) {
        return Some("点和名字的顺序不对".to_owned());
    }
    let [.., second, last] = labels.as_slice() else { return Some("没有“.”".to_owned()) };
    if host.is_ascii() && (last.len() < 2 || !last.bytes().all(|byte| byte.is_ascii_alphabetic())) {
        // 10.1.2.3 is an address in numbers.
        let is_number = labels.len() == 4 && labels.iter().all(|label| label.parse::<u8>().is_ok());
        return (!is_number).then(|| format!("末尾的“.{last}”不对"));
    }
    let is_gov_meant = *last == "cn"
        && !SECOND_LEVELS.contains(second)
        && (second.starts_with("go") && second.len() <= 4 || strsim::damerau_levenshtein(second, "gov") == 1)
        && labels.len() > 2;
    is_gov_meant.then(|| format!("“{second}.cn”多半应为“gov.cn”"))
}

/// Why a web address is not the body's own, from which it differs in a letter or two.
pub(super) fn host_near(site: &str, own: &str) -> Option<String> {
    let (host, own) = (host(site), host(own));
    let is_near = !own.is_empty() && host != own && strsim::damerau_levenshtein(host, own) <= 2;
    // xxgk.a.gov.cn and zwgk.a.gov.cn are hosts of one body.
    let parent = |host: &str| host.split_once('.').map(|(_, parent)| parent.to_owned());
    let is_sibling = parent(host) == parent(own)
        || parent(host).as_deref() == Some(own)
        || parent(own).as_deref() == Some(host);
    (is_near && !is_sibling).then(|| format!("与单位信息里的“{own}”差一点"))
}

/// The host of a web address.
fn host(site: &str) -> &str {
    let rest = site.split_once("//").map_or(site, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    host.split(':').next().unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_addresses_that_cannot_be() {
        for mail in ["zwgk@yunling.gov.cn", "hazwgkc@163.com", "a.b-c_d@mail.a.gov.cn"] {
            assert_eq!(mail_fault(mail), None, "{mail}");
        }
        for mail in
            ["zwgk.yunling.gov.cn", "a@@b.cn", "@b.cn", "a@b", "a@b..cn", "a＠b.cn", "a@b.c", "a b@c.cn"]
        {
            assert!(mail_fault(mail).is_some(), "{mail}");
        }
        for site in [
            "www.shanghai.gov.cn",
            "https://gxq.yunling.gov.cn/zwgk/index.html",
            "http://10.1.2.3:8080/a",
            "www.gov.cn",
            "cangxi.gov.cn",
            "https://www.12345.com",
        ] {
            assert_eq!(site_fault(site), None, "{site}");
        }
        for site in [
            "www.qingxi.gong.cn",
            "www.qingxi.gov。cn",
            "http:/www.a.gov.cn",
            "www..a.gov.cn",
            "www.a.gvo.cn",
            "www.a.gov.c",
        ] {
            assert!(site_fault(site).is_some(), "{site}");
        }
    }

    #[test]
    fn finds_addresses_in_a_text() {
        let text = "电子版可在门户网站（www.qingxi.gov。cn）下载。邮箱：a@b.gov.cn。V2.0版";
        let found: Vec<&str> = runs(text).into_iter().map(|part| &text[part]).collect();
        assert_eq!(found, ["www.qingxi.gov。cn", "a@b.gov.cn", "V2.0"]);
    }

    #[test]
    fn hosts_of_one_body_differ_rightly() {
        assert_eq!(host_near("xxgk.a.gov.cn", "zwgk.a.gov.cn"), None);
        assert_eq!(host_near("www.a.gov.cn", "www.a.gov.cn"), None);
        assert!(host_near("www.qingxl.gov.cn", "www.qingxi.gov.cn").is_some());
    }
}
