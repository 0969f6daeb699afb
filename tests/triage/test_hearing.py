"""What people say beside their trouble is heard, and what they did not say is not. ``None``: must not be heard."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest

from bot.triage.case import SLOTS, Case
from bot.triage.hearing import facts
from bot.triage.hearing_words import compiled, hearing

SPEAKERS: list[tuple[str, str | None, str | None]] = [
    ("息子が昨日から帰ってきません", "family", "son"),
    ("母の認知症が進んできて困っています", "family", "mother"),
    ("うちの弟（32）が部屋から出てきません", "family", "brother"),
    ("78歳の父が万引きをくり返しています", "family", "father"),
    ("中3の息子が学校に行きません", "family", "son"),
    ("高2の娘がリストカットしています", "family", "daughter"),
    ("夫が酒をやめてくれません", "family", "husband"),
    ("妻がパチンコにはまっています", "family", "wife"),
    ("兄貴が覚醒剤で逮捕されました", "family", "brother"),
    ("義母の徘徊がひどいです", "family", "mother"),
    ("祖母84、同じものばかり買ってきます", "family", "grandparent"),
    ("孫が闇バイトに応募したらしい", "family", "grandchild"),
    ("友人が家賃を滞納していて追い出されそうです", "family", "friend"),
    ("ﾊﾊｶﾞ ﾏﾝﾋﾞｷﾃﾞ ﾂｶﾏﾘﾏｼﾀ", "family", "mother"),
    ("保護司です。担当の方の住まいを探しています", "supporter", "client"),
    ("担当している利用者さんが今夜の宿がありません", "supporter", "client"),
    ("うちの従業員が逮捕されました", "supporter", "employee"),
    ("民生委員です。独居の80歳の男性のことで", "supporter", "client"),
    ("前科のある人を雇いたいのですが", "supporter", "employee"),
    ("クラスの生徒が受け子に誘われているようです。担任です", "supporter", "pupil"),
    ("地域包括の者です。七十八歳の男性のことで", "supporter", "client"),
    ("俺、出てきたばかりで仕事がない", "self", None),
    ("わたしは誰にも相談できません", "self", None),
    ("本人です。仕事を探しています", "self", None),
    ("先週、釈放されました", "self", None),
    ("病院の相談員です。退院する男性のことで", "supporter", "client"),
    ("介護施設の職員です。八十の男性が家に帰れません", "supporter", "client"),
    ("ヘルパーをしています。80歳の方がお金をなくすんです", "supporter", "client"),
    ("子ども食堂の手伝いをしています。いつも来る親子のことで", "supporter", "client"),
    ("担当の子が薬をやめられません", "supporter", "client"),
    ("付き合ってる彼氏が大麻で捕まりました", "family", "partner"),
    ("同棲中の彼女がリストカットをします", "family", "partner"),
    ("パートナーがパチンコをやめられない", "family", "partner"),
    ("来月、父が出所します", "family", "father"),
    ("中野に住む母がだまされました", "family", "mother"),
    ("自閉症がある息子なんですけど、学校で困っています", "family", "son"),
    ("高校の教員をしていました。いまは無職です", None, None),
    ("大家が部屋を貸してもらえん言うとる", None, None),
    ("彼氏ができました", None, None),
    ("彼女に出ていけと言われました", None, None),
    ("保護司さんには順調と言ってあります", None, None),
    ("元保護司の父がいました", None, None),
    ("雇ってくれるところはありますか", None, None),
    ("父に家を追い出されました", None, None),
    ("夫に殴られて逃げてきました", None, None),
    ("大丈夫です、忘れてください", None, None),
    ("親が保護受けてるから修学旅行に行けないの？ 中2", None, None),
    ("担任の先生に相談したけどだめだった", None, None),
    ("こんにちは", None, None),
]

AREAS: list[tuple[str, str | None, str | None]] = [
    ("港区に住んでいます", "minato", None),
    ("芝浦のアパートにいます", "minato", "shibaura_konan"),
    ("新橋のネットカフェで寝ています", "minato", "shiba"),
    ("虎ノ門です", "minato", "shiba"),
    ("三田に住んで十年です", "minato", "shiba"),
    ("六本木で働いていた店をクビになって、いまは麻布十番にいます", "minato", "azabu"),
    ("赤坂に住む78歳の父のことです", "minato", "akasaka"),
    ("白金高輪の都営に一人です", "minato", "takanawa"),
    ("品川駅の港南口にいます", "minato", "shibaura_konan"),
    ("浜松町の駅で夜を明かしました", "minato", "shiba"),
    ("港区の高輪です", "minato", "takanawa"),
    ("みなとくです", "minato", None),
    ("中野区です", "nakano", None),
    ("中野坂上に住んでます", "nakano", None),
    ("鷺ノ宮の公園にいます", "nakano", None),
    ("東中野で部屋を探しています", "nakano", None),
    ("中野", "nakano", None),
    ("狛江市民です", "komae", None),
    ("和泉多摩川の近くです", "komae", None),
    ("喜多見に住んでいます", "tokyo", None),
    ("都内です", "tokyo", None),
    ("八王子に住んでいます", "tokyo", None),
    ("上野の公園で寝ています", "tokyo", None),
    ("府中市に住んでいます", "tokyo", None),
    ("埼玉に住んでいます", "outside", None),
    ("横浜市在住です", "outside", None),
    ("札幌です", "outside", None),
    ("大阪", "outside", None),
    ("住所不定です", "none", None),
    ("ネカフェ暮らしです", "none", None),
    ("帰る家がありません", "none", None),
    ("路上生活です", "none", None),
    ("港区じゃなくて中野です", "nakano", None),
    ("前は大阪、いまは港区です", "minato", None),
    ("横浜から港区に引っ越してきました", "minato", None),
    ("大阪から来ました", None, None),
    ("府中刑務所を先週出ました", None, None),
    ("栃木刑務所にいる友人に手紙を出したい", None, None),
    ("中野さんに言われました", None, None),
    ("芝生で転びました", None, None),
    ("被害者の方が江東区なので離れたいです", None, None),
    ("母は仙台です。ひとりで転んでばかりで", "outside", None),
    ("私は中野なんですが、父は狛江に住んでいます。父の酒のことで", "komae", None),
    ("兄が川崎でひとりで暮らしています。ひきこもりです", "outside", None),
    ("息子が立川のアパートにいます。ゲームばかりで", "tokyo", None),
    ("港区の兄の家にいます", "minato", None),
    ("中野の友達のところに泊めてもらってます", "nakano", None),
    ("練馬の叔母の家に引き取られました", "tokyo", None),
    ("川越の更生保護施設の職員です", "outside", None),
    ("さいたまの病院の相談員です", "outside", None),
    ("住んでるのは船橋、千葉です", "outside", None),
    ("ぐんまの おおた。しごと ない", "outside", None),
    ("よこはまに すんでいます", "outside", None),
    ("なかのに すんでる", "nakano", None),
    ("白金在住です", "minato", "takanawa"),
    ("母の実家は青森です", None, None),
    ("東京の人じゃなくても使える?", None, None),
    ("父は大阪の会社で働いていました", None, None),
    ("大阪の友達に会いました", None, None),
    ("せんだいの話ですが、それは大分前です", None, None),
    ("実家は新潟です", None, None),
]

AGES: list[tuple[str, list[int] | None]] = [
    ("78歳の父が同じ話をします", [78, 78]),
    ("17", [17, 17]),
    ("高2", [16, 17]),
    ("中3の息子が荒れています", [14, 15]),
    ("小学生の娘が友達の物を取りました", [6, 12]),
    ("大学生です", [18, 24]),
    ("70代の母が", [70, 79]),
    ("もうすぐ70です", [69, 70]),
    ("五十八です", [58, 58]),
    ("７２才、ひとり暮らし", [72, 72]),
    ("未成年でも相談できますか", [0, 17]),
    ("後期高齢者です", [75, 120]),
    ("還暦を過ぎました", [60, 69]),
    ("70や、膝が痛うてな", [70, 70]),
    ("七十三の女です", [73, 73]),
    ("66の男だが部屋が借りられん", [66, 66]),
    ("赤ちゃんが泣きやみません", None),
    ("七十四歳でございます", [74, 74]),
    ("五十手前で仕事がない", [47, 49]),
    ("夫39、転職14回", [39, 39]),
    ("私は45です。息子は17です。息子が帰ってきません", [17, 17]),
    ("父80、私は52、もう限界です", [80, 80]),
    ("娘が二十四なんですけどホストに通っています", [24, 24]),
    ("とび54才、腰をやった", [54, 54]),
    ("中学2年、いじめられてる", [13, 14]),
    ("小4の子が学校に行けません", [9, 10]),
    ("懲役5年でした", None),
    ("3日前から食べてない", None),
    ("2千円しかない", None),
    ("借金5万", None),
    ("父のことで相談です", None),
    ("65歳以上しか借りられないと言われた", None),
    ("17歳のころから飲んでいます", None),
    ("生徒17歳から妊娠したと打ち明けられました", [17, 17]),
    ("10代で産んで今21", [21, 21]),
    ("子は年長と1歳です", None),
    ("高3の時にやめました", None),
]

CUSTODY: list[tuple[str, list[str]]] = [
    ("先週出所しました", ["released"]),
    ("満期で出てきたばかりです", ["released"]),
    ("今朝釈放されました", ["released"]),
    ("シャバに出て三日です", ["released"]),
    ("刑務所から出てきて仕事がありません", ["released"]),
    ("保護観察中です", ["probation"]),
    ("仮釈放中で引受人ともめています", ["parole", "released"]),
    ("執行猶予中でも借りられますか", ["suspended_sentence"]),
    ("弁当持ちです", ["suspended_sentence"]),
    ("夫が逮捕されました。面会に行きたい", ["in_custody"]),
    ("兄は今も刑務所です", ["in_custody"]),
    ("息子が留置場にいます", ["in_custody"]),
    ("父が来月満期です", ["in_custody"]),
    ("少年院を出た息子の仕事", ["juvenile", "released"]),
    ("娘が鑑別所にいます", ["juvenile"]),
    ("不起訴になりました", ["not_prosecuted"]),
    ("罰金30万が払えません", ["fined"]),
    ("8月に出所しました", ["released"]),
    ("三週間前に出所して兄の所にいます", ["released"]),
    ("十日前に釈放されました", ["released"]),
    ("網走刑務所の門を出ました", ["released"]),
    ("栃木をきのう出ました", ["released"]),
    ("11月に仮釈で出ました", ["parole", "released"]),
    ("今度の月曜に兄が満期で出てきます", ["in_custody"]),
    ("彼氏が大麻で捕まって、渋谷署にいます", ["in_custody"]),
    ("8月に出所する予定です", ["in_custody"]),
    ("母がまたスーパーで捕まりました", []),
    ("父が万引きで店の人につかまりました", []),
    ("栃木から出てきました", []),
    ("昔の仲間が満期で出てくるのが怖い", []),
    ("先週の水曜に仮釈放で出ました", ["parole", "released"]),
    ("刑務官をしていました", []),
    ("捕まったことはないです", []),
    ("田舎から出てきました", []),
    ("涙が出てきました", []),
    ("二十年前に出所しました", []),
    ("店の罰金制度で給料が減りました", []),
    ("父が逮捕されて学校でいじめられます", []),
    ("刑務所に入りたい", []),
]


@pytest.mark.parametrize(("text", "speaker", "about"), SPEAKERS)
def test_who_speaks_and_of_whom_is_heard(text: str, speaker: str | None, about: str | None) -> None:
    assert (facts(text).get("speaker"), facts(text).get("about")) == (speaker, about)


@pytest.mark.parametrize(("text", "area", "district"), AREAS)
def test_the_place_where_one_lives_is_heard(text: str, area: str | None, district: str | None) -> None:
    assert (facts(text).get("area"), facts(text).get("district")) == (area, district)


@pytest.mark.parametrize(("text", "ages"), AGES)
def test_the_age_of_the_one_to_be_helped_is_heard(text: str, ages: list[int] | None) -> None:
    assert facts(text).get("ages") == ages


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("赤ちゃんが泣きやみません", [0, 1]),
        ("私は四十五、小2の娘が帰ってきません", [7, 8]),
        ("姉です、大学3年です。妹（高2）のかばんに煙草が", [16, 17]),
    ],
)
def test_the_age_of_the_other_is_taken_once_the_speaker_is_known(text: str, ages: list[int]) -> None:
    assert facts(text, "family").get("ages") == ages


@pytest.mark.parametrize(("text", "custody"), CUSTODY)
def test_the_state_of_custody_is_heard(text: str, custody: list[str]) -> None:
    assert sorted(facts(text).get("custody", [])) == sorted(custody)


def test_a_husband_who_was_arrested_is_in_custody_though_his_wife_asks_about_the_rent() -> None:
    heard = facts("夫が逮捕されて家賃が払えません", "family")
    assert ("in_custody" in heard["custody"], "after_arrest" in heard["needs"]) == (True, True)


def test_several_facts_of_one_letter_are_heard_together() -> None:
    heard = facts("昨日満期で出てきました。新橋にいます。六十三、所持金は3200円、携帯もない。今夜寝る所がありません")
    assert heard["custody"] == ["released"]
    assert (heard["area"], heard["district"]) == ("minato", "shiba")
    assert (heard["ages"], heard["money"], heard["phone"], heard["tonight"]) == ([63, 63], 3200, False, True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "😀😀😀",
        "\ud83d",
        "a" * 10_000,
        "父" * 10_000,
        "1" * 10_000,
        "\x00\u200b",
        "今夜" * 5_000,
        "(" * 10_000,
    ],
)
def test_bad_input_is_answered_quickly_and_never_raises(text: str) -> None:
    started = time.perf_counter()
    heard = facts(text)
    assert time.perf_counter() - started < 2
    assert set(heard) <= {"when", "ages", "speaker", "about", "woman"}


@pytest.mark.parametrize("text", ["", "   ", "😀😀😀", "\ud83d", "あ" * 10_000, "a" * 10_000])
def test_nothing_is_heard_where_nothing_is_said(text: str) -> None:
    assert facts(text) == {}


def test_facts_fit_the_case() -> None:
    heard = facts("78歳の父が港区で今夜寝る所がなく所持金800円です。酒がやめられません")
    assert set(heard) <= set(SLOTS)
    assert Case().with_facts(heard).ages == (78, 78)


def test_every_pattern_of_the_file_compiles() -> None:
    for pattern in _texts(hearing().model_dump()):
        if re.search(r"[|(\[{]", pattern):
            compiled(pattern, False)
            compiled(pattern, True)


def _texts(part: Any) -> list[str]:
    if isinstance(part, str):
        return [part]
    children = part.values() if isinstance(part, dict) else part if isinstance(part, list | tuple) else ()
    return [text for child in children for text in _texts(child)]
