"""Pages around a report: navigation, way-finding, dates, footers, of several kinds of web site and office program.

Holds no fact; what a reader counts as lines of the report is counted by the writer.
"""

from __future__ import annotations

from html import escape
from random import Random

SITE = "云陌市清岚区人民政府（模拟网站）"
_NAVIGATION = ("首页", "政务公开", "办事服务", "互动交流", "走进清岚", "部门整体支出绩效自评报告", "财政预决算")
_NEWS = ("关于召开年度工作会议的通知", "某某街道开展环境整治", "政务服务中心延时服务公告", "上一年度绩效自评报告")
_SCRIPT = '<script>var page = {"title": "<div>", count: 1 < 2};\ndocument.write("<p>载入中</p>");</script>'
_STYLE = "<style>\n<!--\n p.MsoNormal, li.MsoNormal {margin:0cm; font-size:12pt;}\n-->\n</style>"


def _links(names: tuple[str, ...]) -> str:
    return "".join(f'<li><a href="/{number}/">{name}</a></li>\n' for number, name in enumerate(names))


def _info(draw: Random) -> str:
    return draw.choice(
        (
            "发布时间：2024-05-06 10:12　来源：财政所　浏览次数：128",
            "【字体：大 中 小】　发布日期：2024年5月6日　【打印】【关闭】",
            "索引号：007-2024-0006　发布机构：某办公室",
        )
    )


def _footer(draw: Random) -> str:
    site = "主办：清岚区人民政府办公室　技术支持：某公司　网站标识码：9990010000"
    return draw.choice((site, "版权所有：清岚区人民政府　某ICP备00000000号", "上一篇：没有了"))


def portal(title: str, head: str, body: str, draw: Random) -> str:
    """A page of a portal built of divisions."""
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head>{head}<title>{escape(title)}_{SITE}</title>{_STYLE}{_SCRIPT}</head>
<body><div class="topbar"><h1><a href="/">{SITE}</a></h1></div>
<ul class="nav">{_links(_NAVIGATION)}</ul>
<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; 绩效自评</div>
<div class="main"><div class="article">{body}
</div><p class="info">{_info(draw)}</p>
<div class="related"><h3>相关新闻</h3><ul>{_links(_NEWS)}</ul></div></div>
<div id="footer"><p>{_footer(draw)}</p><p>扫一扫在手机打开当前页</p></div>{_SCRIPT}</body></html>"""


def laid_out(title: str, head: str, body: str, draw: Random) -> str:
    """A page of an older site, laid out by tables within tables."""
    rows = "".join(f'<tr><td>·</td><td><a href="/{name}">{name}</a></td></tr>' for name in _NEWS)
    return f"""<HTML><HEAD>{head}<TITLE>{escape(title)}</TITLE></HEAD><BODY bgcolor=#ffffff>
<table width=1000 border=0 align=center><tr><td colspan=2><img src="logo.gif" alt="标志"></td></tr>
<tr><td width=200 valign=top><table>{rows}</table></td>
<td valign=top><table width="100%"><tr><td>{_info(draw)}</td></tr><tr><td>{body}</td></tr></table></td></tr>
<tr><td colspan=2 align=center><font size=2>{_footer(draw)}</font></td></tr></table></BODY></HTML>"""


def office(title: str, head: str, body: str, draw: Random) -> str:
    """A document that an office program saved as a page."""
    del draw
    return f"""<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
<head>{head}<meta name=Generator content="Microsoft Word 15"><title>{escape(title)}</title>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Print</w:View></w:WordDocument></xml><![endif]-->{_STYLE}</head>
<body lang=ZH-CN style='tab-interval:21.0pt'><div class=WordSection1 style='layout-grid:15.6pt'>{body}
<p class=MsoNormal><o:p>&nbsp;</o:p></p></div></body></html>"""


def fragment(title: str, head: str, body: str, draw: Random) -> str:
    """Only what stood in the editor of a web site."""
    del title, draw
    return f"<!-- 正文开始 -->\n{head}<div>{body}</div>"


PAGES = {"portal": portal, "laid_out": laid_out, "office": office, "fragment": fragment}
"""Kinds of pages, each (title, head, body, draw) -> the whole page."""
