"""The Japanese profile: what HSDS 3.1 has no field for, as attributes with terms of the taxonomy ``shirube-profile``.

One term a line: its code, its name and what a value of it means. docs/open-data.md shows the same table; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.models import stable_id, term_id

PROFILE = "shirube-profile"
TAXONOMIES = {
    "situation": "困りごと: the nine situations of the Minato plan (参考資料5)",
    "need": "要望: the needs within each situation",
    "danger": "危険: dangers that are answered at once",
    PROFILE: "日本向けプロファイル: what HSDS has no field for",
}
SERVICE_TERMS = {
    "key": ("識別子", "readable id of the service, unique in this directory; the UUID is made from it"),
    "area": ("地域", "whose service it is: minato, nakano, komae, tokyo or japan"),
    "file": ("原稿", "the reviewed file it comes from"),
    "kana": ("読み仮名", "the name in kana, as in alternate_name"),
    "what": ("できること", "one or two plain sentences: what the service does"),
    "what_easy": ("できること（やさしい日本語）", "the same in やさしい日本語 with readings"),
    "kind": ("種類", "window, hotline, agency, facility or scheme"),
    "role": ("役割", "near (first contact), specialist or emergency"),
    "district": ("地区", "the district of Minato the counter is for"),
    "status_detail": ("状態", "active, planned, ended or unknown; HSDS status knows only active, inactive and defunct"),
    "shown_to": ("公開範囲", "everyone or staff"),
    "audience": ("相談できる人", "self, family, supporter or employer; one attribute each"),
    "residence": ("居住要件", "area (lives there), tokyo or any"),
    "serves": ("対象の区市", "a wider service that is only for this municipality; one attribute each"),
    "custody": ("刑事手続の状態", "only for people in one of these states; one attribute each"),
    "women_only": ("女性のみ", "true when only women are taken"),
    "booking": ("予約", "required or not_needed; absent when not known"),
    "same_day": ("即日対応", "true when something can be done on the same day"),
    "theme": ("主題", "further marks such as lawyer, consumer, foreigners; one attribute each"),
    "way": ("電話以外の方法", "value: address, account or explanation; label: mail, line, chat, visit, fax or web"),
    "plan_measure": (
        "計画の施策番号",
        "number of the measure in the municipality's 再犯防止推進計画; one attribute each",
    ),
    "plan_division": ("計画の所管課", "section in charge of that measure"),
    "plan_state": ("計画の進み具合", "state of that measure as the plan or its progress table prints it"),
    "source": ("出典", "value: address of the source; label: its title"),
    "source_date": ("出典の日付", "date printed in the source of the same place in the order, or undated"),
    "confidence": ("確からしさ", "high (official source), medium (secondary or partly confirmed) or low (staff only)"),
    "staff_note": ("職員用メモ", "never published"),
}
PHONE_TERMS = {
    "phone_free": ("通話料", "true: free of charge, false: not; absent when not known"),
    "phone_role": ("電話の種別", "direct (the window itself) or switchboard (ask to be put through)"),
}
SCHEDULE_TERMS = {
    "confirmed": ("時間の確認", "true: confirmed; false: the words are published, but may be out of date"),
    "closed_on": (
        "休み",
        "holidays (国民の祝日・振替休日・国民の休日), new_year (12/29-1/3) or new_years_day; one each",
    ),
    "of_phone": ("電話の受付時間", "id of the phone whose hours these are; absent: the window's own"),
}
TERMS = {**SERVICE_TERMS, **PHONE_TERMS, **SCHEDULE_TERMS}


@dataclass(frozen=True)
class Mark:
    """One value of one profile term."""

    code: str
    value: str
    label: str | None = None


def marks(code: str, values: Iterator[object] | tuple[object, ...] | list[object]) -> list[Mark]:
    return [Mark(code, str(value)) for value in values]


def truth(value: bool) -> str:
    return "true" if value else "false"


def attribute_rows(link_id: str, entity: str, found: list[Mark]) -> list[dict[str, str | None]]:
    """The rows of the attribute table for these marks; ids stay the same as long as the order does."""
    return [
        {
            "id": stable_id(link_id, "profile", mark.code, str(position)),
            "link_id": link_id,
            "link_entity": entity,
            "taxonomy_term_id": term_id(PROFILE, mark.code),
            "value": mark.value,
            "label": mark.label,
        }
        for position, mark in enumerate(found)
    ]
