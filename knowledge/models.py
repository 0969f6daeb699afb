"""The directory as it runs: SQLAlchemy 2 tables with HSDS 3.1 names.

Ids are UUIDv5 of our readable keys, so that loading again never changes them. Columns that
HSDS does not have are marked ours.
"""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

NAMESPACE = uuid.UUID("6f2a1f6e-6c1c-5d0e-9d0a-3f1f7a0b9c11")


def stable_id(*parts: str) -> str:
    """The UUIDv5 of a readable key such as ``("service", "minato-job-spot")``."""
    return str(uuid.uuid5(NAMESPACE, "/".join(parts)))


def term_id(taxonomy: str, code: str) -> str:
    return stable_id("taxonomy_term", taxonomy, code)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Row(Base):
    __abstract__ = True
    id: Mapped[str] = mapped_column(String(36), primary_key=True)


class Organization(Row):
    __tablename__ = "organization"
    name: Mapped[str] = mapped_column(Text)
    description: Mapped[str] = mapped_column(Text)
    website: Mapped[str | None] = mapped_column(Text)
    services: Mapped[list[Service]] = relationship(back_populates="organization", cascade="all, delete-orphan")


class Service(Row):
    __tablename__ = "service"
    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"), index=True)
    name: Mapped[str] = mapped_column(Text)
    alternate_name: Mapped[str | None] = mapped_column(Text)  # the kana
    description: Mapped[str] = mapped_column(Text)
    url: Mapped[str | None] = mapped_column(Text)
    email: Mapped[str | None] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(20), index=True)
    application_process: Mapped[str | None] = mapped_column(Text)  # what to say first
    fees_description: Mapped[str | None] = mapped_column(Text)
    eligibility_description: Mapped[str | None] = mapped_column(Text)
    minimum_age: Mapped[int | None]
    maximum_age: Mapped[int | None]
    assured_date: Mapped[date | None]
    alert: Mapped[str | None] = mapped_column(Text)
    last_modified: Mapped[datetime | None]
    # ours
    key: Mapped[str] = mapped_column(String(120), unique=True)
    area: Mapped[str] = mapped_column(String(20), index=True)
    file: Mapped[str] = mapped_column(Text)
    what: Mapped[str] = mapped_column(Text)
    what_easy: Mapped[str] = mapped_column(Text)
    confidence: Mapped[str] = mapped_column(String(10))
    shown_to: Mapped[str] = mapped_column(String(10))
    staff_note: Mapped[str | None] = mapped_column(Text)
    facets: Mapped[dict[str, Any]] = mapped_column(JSON)  # the small reviewed marks: kind, role, custody, residence ...
    plan: Mapped[dict[str, Any] | None] = mapped_column(JSON)

    organization: Mapped[Organization] = relationship(back_populates="services")
    phones: Mapped[list[Phone]] = relationship(cascade="all, delete-orphan", order_by="Phone.position")
    schedules: Mapped[list[Schedule]] = relationship(
        cascade="all, delete-orphan", primaryjoin="Schedule.service_id == Service.id", order_by="Schedule.position"
    )
    other_ways: Mapped[list[ServiceUrl]] = relationship(cascade="all, delete-orphan", order_by="ServiceUrl.position")
    required_documents: Mapped[list[RequiredDocument]] = relationship(
        cascade="all, delete-orphan", order_by="RequiredDocument.position"
    )
    cost_options: Mapped[list[CostOption]] = relationship(cascade="all, delete-orphan")
    service_areas: Mapped[list[ServiceArea]] = relationship(cascade="all, delete-orphan")
    service_at_locations: Mapped[list[ServiceAtLocation]] = relationship(cascade="all, delete-orphan")
    attributes: Mapped[list[Attribute]] = relationship(cascade="all, delete-orphan", order_by="Attribute.position")
    sources: Mapped[list[Source]] = relationship(cascade="all, delete-orphan", order_by="Source.position")


class Location(Row):
    __tablename__ = "location"
    location_type: Mapped[str] = mapped_column(String(10))
    name: Mapped[str | None] = mapped_column(Text)
    address: Mapped[str] = mapped_column(Text)


class ServiceAtLocation(Row):
    __tablename__ = "service_at_location"
    service_id: Mapped[str] = mapped_column(ForeignKey("service.id"), index=True)
    location_id: Mapped[str] = mapped_column(ForeignKey("location.id"), index=True)
    location: Mapped[Location] = relationship()


class Phone(Row):
    __tablename__ = "phone"
    service_id: Mapped[str] = mapped_column(ForeignKey("service.id"), index=True)
    number: Mapped[str] = mapped_column(String(40))
    extension: Mapped[str | None] = mapped_column(String(20))
    type: Mapped[str] = mapped_column(String(10))
    description: Mapped[str | None] = mapped_column(Text)
    position: Mapped[int]
    free: Mapped[bool | None]  # ours
    is_primary: Mapped[bool]  # ours: false for a switchboard that is only the way in
    schedules: Mapped[list[Schedule]] = relationship(
        cascade="all, delete-orphan", primaryjoin="Schedule.phone_id == Phone.id", order_by="Schedule.position"
    )


class Schedule(Row):
    """One recurrence rule (RFC 5545 fields); of a service, or of one phone."""

    __tablename__ = "schedule"
    service_id: Mapped[str | None] = mapped_column(ForeignKey("service.id"), index=True)
    phone_id: Mapped[str | None] = mapped_column(ForeignKey("phone.id"), index=True)
    freq: Mapped[str | None] = mapped_column(String(10))
    byday: Mapped[str | None] = mapped_column(String(60))
    opens_at: Mapped[str | None] = mapped_column(String(5))
    closes_at: Mapped[str | None] = mapped_column(String(5))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    description: Mapped[str] = mapped_column(Text)  # the words as published
    position: Mapped[int]
    # ours
    confirmed: Mapped[bool]
    closed_on: Mapped[str] = mapped_column(String(40))  # "holidays,new_year"


class ServiceUrl(Row):
    """HSDS ``url``: the ways other than a phone."""

    __tablename__ = "url"
    service_id: Mapped[str] = mapped_column(ForeignKey("service.id"), index=True)
    label: Mapped[str] = mapped_column(String(10))  # mail, line, chat, visit, fax, web
    url: Mapped[str] = mapped_column(Text)
    position: Mapped[int]


class RequiredDocument(Row):
    __tablename__ = "required_document"
    service_id: Mapped[str] = mapped_column(ForeignKey("service.id"), index=True)
    document: Mapped[str] = mapped_column(Text)
    position: Mapped[int]


class CostOption(Row):
    __tablename__ = "cost_option"
    service_id: Mapped[str] = mapped_column(ForeignKey("service.id"), index=True)
    amount_description: Mapped[str] = mapped_column(Text)


class ServiceArea(Row):
    __tablename__ = "service_area"
    service_id: Mapped[str] = mapped_column(ForeignKey("service.id"), index=True)
    name: Mapped[str] = mapped_column(String(40))


class TaxonomyTerm(Row):
    """A situation, a need within it, a danger, an audience or a theme."""

    __tablename__ = "taxonomy_term"
    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(Text)
    description: Mapped[str] = mapped_column(Text)
    taxonomy: Mapped[str] = mapped_column(String(20), index=True)  # situation, need, danger, audience, theme
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("taxonomy_term.id"))


class Attribute(Row):
    """A term that holds for a service; ``value`` is the fit (1 to 3) where the term is a situation."""

    __tablename__ = "attribute"
    link_id: Mapped[str] = mapped_column(ForeignKey("service.id"), index=True)
    link_entity: Mapped[str] = mapped_column(String(20))
    taxonomy_term_id: Mapped[str] = mapped_column(ForeignKey("taxonomy_term.id"), index=True)
    value: Mapped[str | None] = mapped_column(String(10))
    position: Mapped[int]  # ours: the order in which the reviewed file names them
    term: Mapped[TaxonomyTerm] = relationship()


class Source(Row):
    """Where the facts of a service come from (ours: HSDS has no table for it)."""

    __tablename__ = "source"
    service_id: Mapped[str] = mapped_column(ForeignKey("service.id"), index=True)
    url: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    date: Mapped[str] = mapped_column(Text)
    position: Mapped[int]


class Change(Row):
    """HSDS ``metadata``: each field's old and new value, who and when."""

    __tablename__ = "metadata"
    resource_id: Mapped[str] = mapped_column(String(36))
    resource_type: Mapped[str] = mapped_column(String(40))
    last_action_date: Mapped[datetime]
    last_action_type: Mapped[str] = mapped_column(String(10))
    field_name: Mapped[str] = mapped_column(String(60))
    previous_value: Mapped[str] = mapped_column(Text)
    replacement_value: Mapped[str] = mapped_column(Text)
    updated_by: Mapped[str] = mapped_column(Text)

    __table_args__ = (Index("ix_metadata_resource", "resource_type", "resource_id"),)


class Loaded(Base):
    """Which reviewed YAML the directory holds: a fingerprint, so that loading the same again is a glance (ours)."""

    __tablename__ = "knowledge_version"
    fingerprint: Mapped[str] = mapped_column(String(64), primary_key=True)
    loaded_at: Mapped[datetime]


class SearchWeight(Base):
    """How much a search term says: high for one that few services have (ours)."""

    __tablename__ = "search_term"
    term: Mapped[str] = mapped_column(String(40), primary_key=True)
    weight: Mapped[int]
