//! The statement as a news page, and as Markdown.

use super::{Part, escaped};

/// A page as news sites have them: navigation, advertisements, related articles, comments, a footer.
pub(crate) fn html(parts: &[Part]) -> String {
    let title = escaped(parts[0].text());
    let mut article = String::new();
    for (index, part) in parts.iter().enumerate().skip(1) {
        let text = escaped(part.text());
        article += &match part {
            Part::Paragraph(_) => format!("<p>{text}</p>\n"),
            Part::Title(_) | Part::Heading(_) => format!("<h2>{text}</h2>\n"),
        };
        if index % 12 == 6 {
            article += "<div class=\"advertisement ad-slot\"><a href=\"/ad\">إعلان: اشتركوا الآن واحصلوا على خصم</a></div>\n";
        }
    }
    let links = |name: &str, words: &[&str]| {
        let items: String = words.iter().map(|w| format!("<li><a href=\"/{name}\">{w}</a></li>")).collect();
        format!("<ul>{items}</ul>")
    };
    let menu = links("menu", &["الرئيسية", "سياسة", "اقتصاد", "رياضة", "تقارير", "من نحن"]);
    let related = links(
        "related",
        &[
            "أسعار النفط ترتفع بعد قرار المنظمة",
            "درجات الحرارة تصل إلى نصف درجة الغليان",
            "المنتخب يستعد لمباراة الإياب",
        ],
    );
    format!(
        r#"<!DOCTYPE html>
<html lang="ar" dir="rtl">
<head><meta charset="utf-8"><title>{title} - شبكة الأخبار</title>
<style>.ad-slot {{ color: red }}</style><script>var tracking = "إعلان";</script></head>
<body>
<header class="site-header"><a href="/">شبكة الأخبار</a><nav class="main-menu">{menu}</nav></header>
<div class="banner ad">اشترك في النشرة البريدية ليصلك كل جديد</div>
<div id="wrapper">
<main id="content">
<article class="post">
<h1 class="post-title">{title}</h1>
<div class="post-meta"><span class="date">2024-07-25 09:12</span> <a href="/tag">العراق</a></div>
<div class="share-buttons"><a href="/f">شارك على فيسبوك</a> <a href="/x">غرد</a></div>
<div class="post-body">
{article}</div>
</article>
</main>
<aside class="sidebar"><h3>اقرأ أيضا</h3>{related}</aside>
</div>
<div id="comments" class="comments"><h3>التعليقات</h3><p>أبو علي: كلام فارغ.</p><form><textarea>اكتب تعليقك</textarea><button>أرسل</button></form></div>
<footer class="site-footer"><p>جميع الحقوق محفوظة</p>{menu}</footer>
</body>
</html>
"#
    )
}

/// Markdown with wrapped lines, emphasis on years and a link.
pub(crate) fn markdown(parts: &[Part]) -> String {
    let mut out = String::new();
    for part in parts {
        match part {
            Part::Title(text) => out += &format!("# {text}\n\n"),
            Part::Heading(text) => out += &format!("## {text}\n\n"),
            Part::Paragraph(text) => {
                let marked = text.replacen("2024", "**2024**", 1).replacen(
                    "واشنطن العاصمة",
                    "[واشنطن العاصمة](https://example.org/dc)",
                    1,
                );
                let mut width = 0;
                for word in marked.split(' ') {
                    if width > 0 {
                        out.push(if width > 70 { '\n' } else { ' ' });
                    }
                    width = if width > 70 { 0 } else { width };
                    out += word;
                    width += word.chars().count() + 1;
                }
                out += "\n\n";
            }
        }
    }
    out
}

/// The text alone as a page, to be printed.
pub(crate) fn article(parts: &[Part]) -> String {
    let paragraph = |part: &Part| {
        let text = escaped(part.text());
        match part {
            Part::Title(_) => format!("<h1>{text}</h1>"),
            Part::Heading(_) => format!("<h2>{text}</h2>"),
            Part::Paragraph(_) => format!("<p>{text}</p>"),
        }
    };
    let body: String = parts.iter().map(paragraph).collect();
    format!(
        "<!DOCTYPE html><html lang=\"ar\" dir=\"rtl\"><meta charset=\"utf-8\"><title>x</title>{body}</html>"
    )
}
