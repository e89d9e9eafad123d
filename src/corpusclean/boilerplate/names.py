"""Names of people as bylines print them."""

from __future__ import annotations

import re

from ..patterns import lazy_pattern

__all__ = ["NAME", "NAMES", "OFFICE", "read_names"]

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟"
    "谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐"
    "易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳"
    "管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵"
    "苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮"
    "粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁都芮普阙浦戈"
    "伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展"
    "阴昝智幸奉植衡富尧闭由赖"
)
_COMPOUND = "欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|司徒|夏侯|令狐|端木|独孤|南宫|轩辕|呼延"

NAME = rf"(?:(?:{_COMPOUND}|[{_SURNAMES}])[\u4e00-\u9fff]{{1,2}}|[{_SURNAMES}][ \u3000]{{1,2}}[\u4e00-\u9fff])"
"""One Chinese name: 周亮, 欧阳修, or set wide as 周 亮. Near misses: 这里 (no surname), 周 (one character)."""

NAMES = rf"{NAME}(?:[、，,;；/ \u3000]{{1,3}}{NAME}){{0,7}}"
"""Several names: 周亮 王小明, 周亮、王小明. Near miss: 周亮说."""

OFFICE = (
    "(?:书记|局长|厅长|部长|主任|市长|省长|州长|县长|区长|镇长|乡长|院长|校长|所长|会长|主席|司长|处长|科长|秘书长|馆长|社长"
    "|台长|站长|行长|董事长|总经理|经理|教授|研究员|院士|博士|委员|理事长|总编辑|检察长|庭长|律师|法官|医师|主任医师)"
)
"""What an office or a rank ends with."""

_WIDE = lazy_pattern(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff])[ \u3000]{1,2}([\u4e00-\u9fff])(?![\u4e00-\u9fff])")
"""A name of two characters set wide: `周 亮`; not `周亮 王明`."""


def read_names(text: str) -> str:
    """The names in `text` joined by single spaces, names set wide closed up.

    >>> read_names("周 亮"), read_names("周亮、王小明")
    ('周亮', '周亮 王小明')
    """
    return " ".join(re.split(r"[、，,;；/\s]+", _WIDE.sub(r"\1\2", text.strip())))
