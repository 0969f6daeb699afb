"""The night, deadlines, money, phone, papers and needs as people name them. ``None``: must not be heard."""

from __future__ import annotations

import pytest

from bot.triage.hearing import facts

NIGHTS: list[tuple[str, bool | None]] = [
    ("今夜泊まる所がない", True),
    ("今日寝る所がありません", True),
    ("追い出されて行く所がない", True),
    ("きょう ねる ところ ない", True),
    ("宿なし", True),
    ("ネカフェを追い出されました、今公園です", True),
    ("ｺﾝﾔ ﾄﾏﾙﾄｺ ﾅｲ", True),
    ("今夜だけ屋根", True),
    ("車中泊3日目です", True),
    ("泊まる所はあるんですが仕事がない", False),
    ("更生保護施設にいるので寝る所はあります", False),
    ("今は友達の家にいられます", False),
    ("妻と二人、中野です。都営に入りたい", False),
    ("帰ったら部屋が大家に片付けられてた", True),
    ("今日寝るとこ決まってません", True),
    ("住むところはあるんですけど、仕事が", False),
    ("実家暮らしです", False),
    ("来月末に退去と言われました", None),
    ("昔ホームレスだった", None),
    ("仕事が見つかりません", None),
    ("路上ライブをしています", None),
]

DEADLINES: list[tuple[str, str | None]] = [
    ("今夜どこで寝れば", "tonight"),
    ("今日中に出ろと言われた", "today"),
    ("明日までに出て行けと言われました", "tomorrow"),
    ("今週中に払わないと", "this_week"),
    ("月末で寮を出ます", "this_month"),
    ("来月末に退去です", "next_month"),
    ("9月に出所しました", None),
    ("来年の春に出所です", "later"),
    ("明日は我が身だと思います", None),
    ("こんばんは", None),
]

MONEY: list[tuple[str, int | None]] = [
    ("2千円しかない", 2000),
    ("所持金800円", 800),
    ("財布に三百円", 300),
    ("残り千円です", 1000),
    ("手持ちは1万2千円", 12000),
    ("所持金1,480円です", 1480),
    ("一文無しです", 0),
    ("さいふに四百二十円", 420),
    ("財布９８円", 98),
    ("借金が300万あります", None),
    ("家賃5万円が払えません", None),
    ("時給は1200円です", None),
    ("年金が月5万しかない", None),
    ("罰金20万円", None),
    ("貯金ゼロです", None),
]

PAPERS_AND_PHONE: list[tuple[str, str, bool | None]] = [
    ("電話がありません", "phone", False),
    ("スマホ止まってて連絡できない", "phone", False),
    ("充電もできない", "phone", False),
    ("携帯持ってないです", "phone", False),
    ("電話はあります", "phone", True),
    ("面接の電話がない", "phone", None),
    ("電話が苦手です", "phone", None),
    ("電話もつながりません", "phone", None),
    ("身分証がない", "papers", False),
    ("保険証も住民票もない", "papers", False),
    ("住民票が消されてました", "papers", False),
    ("身分証はあります", "papers", None),
    ("運転免許がないと働けない", "papers", None),
]

WOMEN: list[tuple[str, bool | None]] = [
    ("女です。今夜泊まる所がない", True),
    ("妊娠中で行く所がない", True),
    ("普通の主婦です。万引きしてしまいます", True),
    ("娘がホストに通っています", True),
    ("母が同じ話をします", True),
    ("夫から逃げてきました", True),
    ("夫が酒をやめません", False),
    ("息子が不登校です", False),
    ("男です、仕事を探しています", False),
    ("高3の三男のことで", False),
    ("仕事がほしい", None),
    ("女に逃げられた", None),
]

NEEDS: list[tuple[str, list[str], list[str]]] = [
    ("大麻がやめられない", ["drugs"], []),
    ("また薬に手を出してしまった", ["drugs"], []),
    ("断酒して三か月です", ["alcohol"], []),
    ("ﾊﾟﾁﾝｺがやめられません", ["gambling"], []),
    ("オンカジで借金が400万", ["gambling", "debt"], []),
    ("窃盗症だと思います", ["stealing"], []),
    ("万引きがやめられません", ["stealing"], []),
    ("痴漢をくり返してしまう", ["sexual"], []),
    ("うつで眠れません", ["mental_health"], []),
    ("ゲームの課金がやめられない", ["games_net"], []),
    ("カッとなると手が出てしまう", ["anger"], []),
    ("ひきこもりの弟がいます", ["withdrawn"], []),
    ("生活保護を受けたい", ["welfare"], []),
    ("家賃を三か月滞納しています", ["rent"], []),
    ("電気が止まりました", ["bills"], []),
    ("母の物忘れがひどい", ["dementia"], []),
    ("介護に疲れて限界です", ["caregiver"], []),
    ("うちの子が不登校です", ["truancy"], []),
    ("学校でいじめられてる", ["bullying"], []),
    ("闇バイトに応募してしまった", ["dark_job"], []),
    ("高卒認定を取りたい", ["equivalency"], []),
    ("保証人がいません", ["guarantor"], []),
    ("都営に申し込みたい", ["public_housing"], []),
    ("給料が未払いです", ["labour_trouble"], []),
    ("上司のパワハラがつらい", ["labour_trouble"], []),
    ("組を抜けたい", ["leave_gang"], []),
    ("療育手帳を持っています", ["disability_services", "intellectual"], []),
    ("大人のADHDかもしれない", ["developmental"], []),
    ("職業訓練を受けたい", ["vocational_training"], []),
    ("夜間中学に行きたい", ["evening_school"], []),
    ("高校中退です。入り直したい", ["back_to_high_school"], []),
    ("妊娠したかもしれない", ["pregnancy"], []),
    ("前科があると面接で落とされる", ["job_with_record", "find_job"], []),
    ("罰金が払えません", ["legal_money"], []),
    ("残業代が全然出ません", ["labour_trouble"], ["cash_now"]),
    ("給料が一円も払われていません", ["labour_trouble"], ["cash_now"]),
    ("しゃちょう きゅうりょう くれません", ["labour_trouble"], []),
    ("足を洗いたいけど仕事がない", ["leave_gang", "find_job"], []),
    ("組から抜けたいです", ["leave_gang"], []),
    ("1組の子にいじめられる", ["bullying"], ["leave_gang"]),
    ("電車で女の人に触ってしまった", ["sexual"], []),
    ("女性に触られました", [], ["sexual"]),
    ("母が鍋を焦がしてばかりです", ["dementia"], []),
    ("祖母が財布を盗まれたと騒ぎます", ["dementia"], []),
    ("事故のあと夫が怒りっぽくて約束も覚えていない", ["brain_injury"], []),
    ("日本語の手紙が読めません", ["evening_school"], []),
    ("かんじ あまり よめない", ["evening_school"], []),
    ("68です。仕事がほしい", ["senior_job"], []),
    ("昨日出所しました。71です", ["elderly_after_release"], []),
    ("息子の事件が新聞に出てから外に出られません", ["after_arrest"], []),
    ("夫が捕まりました。面会はできますか", ["after_arrest"], []),
    ("もう何日も誰とも話してない", ["loneliness"], []),
    ("妹の世話は私がしてます。学校は遅刻ばかり", ["young_carer"], []),
    ("上履きを隠された", ["bullying"], []),
    ("お金がないわけじゃないのに盗ってしまう", ["stealing"], ["cash_now"]),
    ("補導員をしています", [], ["delinquency"]),
    ("子どもを怒鳴ってしまう", ["anger"], []),
    ("夫に怒鳴られます", [], ["anger"]),
    ("入学のお金は借りられますか", ["loan", "study_support"], []),
    ("夜中に目が覚めて朝まで眠れない", ["mental_health"], []),
    ("借金はないんですが家賃が払えません", ["rent"], ["debt"]),
    ("酒じゃなくて薬がやめられない", ["drugs"], ["alcohol"]),
    ("ギャンブルはしません。酒だけです", ["alcohol"], ["gambling"]),
    ("薬局で働いています", [], ["drugs"]),
    ("居酒屋でバイトしています", [], ["alcohol"]),
    ("介護の仕事を探しています", ["find_job"], ["care"]),
    ("痴漢に遭いました", [], ["sexual"]),
    ("生活保護は受けていません", [], ["welfare"]),
    ("時差ぼけで眠い", [], ["dementia"]),
    ("酒ないと寝れん", ["alcohol"], []),
    ("ごみの日を教えてください", [], ["welfare", "bills", "find_room"]),
]


@pytest.mark.parametrize(("text", "tonight"), NIGHTS)
def test_whether_there_is_a_bed_tonight_is_heard(text: str, tonight: bool | None) -> None:
    assert facts(text).get("tonight") is tonight


@pytest.mark.parametrize(("text", "when"), DEADLINES)
def test_a_deadline_is_heard(text: str, when: str | None) -> None:
    assert facts(text).get("when") == when


@pytest.mark.parametrize(("text", "money"), MONEY)
def test_the_money_left_is_heard_and_no_other_sum(text: str, money: int | None) -> None:
    assert facts(text).get("money") == money


@pytest.mark.parametrize(("text", "name", "value"), PAPERS_AND_PHONE)
def test_lack_of_phone_or_papers_is_heard(text: str, name: str, value: bool | None) -> None:
    assert facts(text).get(name) is value


@pytest.mark.parametrize(("text", "woman"), WOMEN)
def test_a_woman_is_heard_only_when_it_is_plain(text: str, woman: bool | None) -> None:
    assert facts(text).get("woman") is woman


@pytest.mark.parametrize(("text", "heard", "not_heard"), NEEDS)
def test_needs_named_in_words_are_heard(text: str, heard: list[str], not_heard: list[str]) -> None:
    needs = facts(text).get("needs", [])
    assert set(heard) <= set(needs)
    assert not set(not_heard) & set(needs)
