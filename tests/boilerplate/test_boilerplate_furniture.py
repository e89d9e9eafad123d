"""Furniture rules: what each takes, and what looks like it and stays."""

import pytest

from corpusclean import ConfigError
from corpusclean.boilerplate.furniture import find_furniture, furniture_rules, user_rules
from corpusclean.boilerplate.sheet import fold_script, read_sheet
from corpusclean.rules import rule_named

TAKEN = {
    "breadcrumb": [
        "当前位置: 首页 > 新闻中心 > 正文",
        "當前位置：首頁 > 新聞",
        "您现在的位置：首页 >> 要闻",
        "首页 > 饮食 > 烹饪 > 正文",
        "新华网 > 时政 > 正文",
        "Home > News > Local",
        "ホーム > ニュース > 国際",
    ],
    "share_bar": [
        "【字体： 大 中 小】",
        "【字體:    打印",
        "分享到：",
        "字体： 小 中 大",
        "Share on Facebook",
        "收藏 举报",
    ],
    "qr_prompt": [
        "扫一扫在手机端打开当前页",
        "掃一掃在手機端打開當前頁",
        "扫描二维码关注“文名”公众号",
        "微信扫码",
        "用微信扫描二维码",
    ],
    "own_address": ["本文地址:http://www.zmiw.cn/html/54666.html", "转载请注明出处：某某网"],
    "disclaimer": [
        "免责声明：本文仅代表作者个人观点，与本站无关。",
        "来源:网络整理 免责声明:本文仅限学习分享,如产生版权问题,请联系我们及时删除。",
        "以上内容由创作者上传并发布，本平台仅提供信息存储服务",
        "如有侵权，请联系我们删除。",
    ],
    "copyright": [
        "Copyright © 2000 - 2024 XINHUANET.com 新华网",
        "京ICP备12345678号-1",
        "版权所有：某某网",
        "무단전재 및 재배포 금지",
    ],
    "prev_next": ["上一篇：旧闻一则", "下一篇:新闻", "上一页", "Previous article: Old news", "次の記事へ"],
    "related": ["相关阅读", "猜你喜欢", "热门推荐：", "Related Articles", "関連記事", "You may also like"],
    "pagination": ["共 3 页 首页 上一页 下一页 尾页", "首页 上一页 1 2 3 下一页 尾页", "Page 2 of 10"],
    "login": ["登录后发表评论", "登录 | 注册", "發表評論", "Sign in to continue"],
    "cookie": [
        "We use cookies to improve your experience.",
        "Accept all cookies",
        "本站使用 cookie 数据以确保正常运行",
    ],
}
IN_COMPANY = {
    "reference": [
        "^ 安新縣2016年國民經濟和社會發展統計公報. 安新縣人民政府.  [2018-02-28]. （原始內容存檔於2018-02-28）.",
        "^ 跳转到： 62.0 62.1 两个村获评年度美丽休闲乡村-某地官网. www.example.gov.cn.  [2023-06-09].",
        "^ Smith, J. A History of Tea. ISBN 978-0-00-000000-2.",
        "规划用地超952公顷 同意设立省级高新区．某某资讯 [引用日期2024-01-12]",
    ],
    "copyright": ["Copyright © 2000 - 2024 XINHUANET.com All Rights Reserved", "(C) 2013 A. Author"],
    "edit_prompt": ["播报编辑", "本词条缺少概述图，补充相关内容使词条更完整，还能快速升级，赶紧来编辑吧！", "词条图册"],
}
"""Taken only where other furniture is found."""

KEPT = [
    "^ 这个符号叫脱字符。",
    "^ is the exclusive or of two bits in C.",
    "x ^ y 在网上也写作异或 [2023-06-09]",
    "本词条的内容很多，编辑次数也不少。",
    "编辑部在播报编辑们的名单。",
    "他站在首页的位置上，向大家说明了当前的情况。",
    "位置很好",
    "首页设计的原则是简单。",
    "点击页面右上角的“登录”按钮，再选择“注册”。",
    "你可以用手机扫一扫，然后付款。",
    "分享到此结束，谢谢大家。",
    "上一页的例子说明了这个道理。",
    "一篇好的文章应当言之有物。",
    "版权是作者依法享有的权利。",
    "相关的法律规定如下。",
    "收藏家",
    "Share the road with others.",
    "Home is where the heart is.",
    "Next to the house stood a tree.",
    "The cookies were baked in the oven.",
    "Copyrighted works may be quoted in reviews, and courts have long held so; see the cases below for details.",
    "声明：我们不会改变立场",
    "请登录到服务器，然后运行下面的命令。",
]
CASES = [(rule, line) for rule, lines in TAKEN.items() for line in lines]
COMPANY_CASES = [(rule, line) for rule, lines in IN_COMPANY.items() for line in lines]


def rule_of(line: str, rules=None) -> str | None:
    found = find_furniture(read_sheet(line), rules or furniture_rules(), company=False)
    return found[0].rule if found else None


@pytest.mark.parametrize(("rule", "line"), CASES)
def test_furniture_is_taken(rule: str, line: str) -> None:
    assert rule_of(line) == f"boilerplate/{rule}"


@pytest.mark.parametrize(("rule", "line"), COMPANY_CASES)
def test_some_furniture_is_taken_in_company_only(rule: str, line: str) -> None:
    assert rule_of(line) is None
    found = find_furniture(read_sheet(line), furniture_rules(), company=True)
    assert found[0].rule == f"boilerplate/{rule}"


@pytest.mark.parametrize("line", KEPT)
def test_what_resembles_furniture_stays(line: str) -> None:
    assert find_furniture(read_sheet(line), furniture_rules(), company=True) == {}


def test_every_rule_is_listed() -> None:
    assert [rule.path for rule in furniture_rules() if rule_named(rule.path) is None] == []


def test_a_quoted_demand_goes_only_in_company() -> None:
    demand = "39健康网原创内容，未经授权不得转载，违者必究。"
    sheet = read_sheet(f"正文。\n{demand}")
    assert find_furniture(sheet, furniture_rules()) == {}
    assert set(find_furniture(sheet, furniture_rules(), company=True)) == {1}
    assert set(find_furniture(read_sheet(f"{demand}\n版权所有：某某网"), furniture_rules())) == {0, 1}


def test_longer_lines_than_the_rule_allows_stay() -> None:
    assert rule_of("扫描二维码关注公众号" + "好" * 200) is None


def test_fold_leaves_other_scripts_alone() -> None:
    assert fold_script("Grüße, мир") == "Grüße, мир"
    assert fold_script("掃描\u00a0二維碼") == "扫描\u00a0二维码"


GOOD_TABLE = """
[[rule]]
name = "club"
words = ["俱乐部"]
patterns = ['加入.{0,10}俱乐部$']
longest = 30
confidence = 0.8
"""


def test_a_users_rule() -> None:
    rules = user_rules(GOOD_TABLE)
    assert rule_of("加入我們的俱樂部", rules) == "boilerplate/user/club"
    assert rule_of("他在俱乐部打球", rules) is None


@pytest.mark.parametrize(
    ("table", "named"),
    [
        ("x = 1", "list of rules"),
        ("rule = 3", "list of rules"),
        ("[[rule]]\nname = 'A b'", "name"),
        ("[[rule]]\nname = 'a'\npatterns = ['x']", "words"),
        ("[[rule]]\nname = 'a'\nwords = ['x']\npatterns = []", "patterns"),
        ("[[rule]]\nname = 'a'\nwords = ['x']\npatterns = ['(']", "regular expression"),
        ("[[rule]]\nname = 'a'\nwords = ['x']\npatterns = ['(x+)+']", "repeats a repetition"),
        ("[[rule]]\nname = 'a'\nwords = ['x']\npatterns = ['x']\nlongest = 0", "longest"),
        ("[[rule]]\nname = 'a'\nwords = ['x']\npatterns = ['x']\nconfidence = 2", "confidence"),
        ("[[rule]]\nname = 'a'\nwords = ['x']\npatterns = ['x']\ncompany = 1", "company"),
        ("[[rule]]\nname = 'a'\nwords = ['x']\npatterns = ['x']\ncolour = 1", "colour"),
        ("[[rule", "TOML"),
    ],
)
def test_a_bad_table_is_refused_by_key(table: str, named: str) -> None:
    with pytest.raises(ConfigError, match=named):
        user_rules(table)
