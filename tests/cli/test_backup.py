"""``giaoban backup`` and ``restore``: what comes back is what was there, or nothing comes back."""

from __future__ import annotations

import fcntl
import json
import os
import pwd
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings as settings_of_django
from django.db import connection, connections
from django.test import override_settings
from django.utils import translation

from giaoban import database
from giaoban.cli import setting_up
from giaoban.cli.errors import FileUnwritable
from giaoban.cli.saving import files as saving_files
from giaoban.cli.saving.backup import save
from giaoban.cli.saving.postgresql import (
    database_name,
    embedded_place,
    looking_at,
    run_program,
    server,
)
from giaoban.journal.queries import head
from tests import raw
from tests.cli.calling import Office
from tests.journal.everything import happen
from tests.world import World


@pytest.fixture(autouse=True)
def media(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where the portal keeps its pictures and files; there are none yet."""
    place = tmp_path_factory.mktemp("var") / "portal-media"
    with override_settings(PORTAL_MEDIA=place):
        yield place


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, with its content."""
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in folder.rglob("*") if file.is_file()
    }  # fmt: skip


def bring(media: Path) -> dict[str, bytes]:
    """Pictures and files as editors bring them."""
    for name, content in {
        "original_images/hoi-nghi.png": os.urandom(3_500_000),
        "images/hoi-nghi.width-640.avif": b"nho",
        "documents/Kế hoạch 64.pdf": b"%PDF-1.7",
        "documents/trong": b"",
        f"documents/{'dai' * 60}/{'ten' * 60}.docx": b"PK",
    }.items():
        (media / name).parent.mkdir(parents=True, exist_ok=True)
        (media / name).write_bytes(content)
    return tree(media)


@pytest.fixture
def books(committed: World) -> Iterator[World]:
    """The world after a few acts of every kind; whatever restoring leaves beside it is dropped."""
    happen(committed)
    name = database_name()
    yield committed
    for beside in databases(name):
        if beside != name:
            with server() as admin:
                admin.execute(f'DROP DATABASE "{beside}" WITH (FORCE)')


def databases(prefix: str) -> list[str]:
    with server() as admin:
        rows = admin.execute("SELECT datname FROM pg_database ORDER BY 1").fetchall()
    return [name for (name,) in rows if name.startswith(prefix)]


def backup(office: Office, file: Path, *words: str) -> dict[str, Any]:
    told = json.loads(office.say("backup", file, *words, "--format", "json"))
    assert isinstance(told, dict)
    return told


def contents() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, but for transaction numbers, which are the server's own."""
    with connections["owner"].cursor() as cursor:
        tables = connections["owner"].introspection.table_names(cursor)
    return {
        table: raw.sql(f"SELECT to_jsonb(t) - 'xid' FROM {table} AS t ORDER BY 1", owner=True)
        for table in sorted(tables)
    }


def test_there_and_back(books: World, office: Office, tmp_path: Path) -> None:
    file, before, rows = tmp_path / "so.dump", head(), contents()
    told = backup(office, file)
    assert told == {"file": str(file), "size_bytes": file.stat().st_size, "entry": before.number,
                    "digest": before.digest.hex(), "files": 0}  # fmt: skip
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.stat().st_uid == os.geteuid()
    assert [path.name for path in tmp_path.iterdir()] == ["so.dump"]

    books.admit("TX1", date(2018, 9, 5))
    after, name = head(), database_name()
    done = json.loads(office.say("restore", file, "--replace", "--format", "json"))
    assert (done["entry"], done["digest"]) == (before.number, before.digest.hex())
    assert (head(), contents()) == (before, rows)
    assert databases(name) == [name, done["kept_as"]]
    with looking_at(done["kept_as"]):
        assert head() == after
    office.say("verify")

    number = books.admit("TX1", date(2018, 9, 6))  # the books go on
    assert number > before.number
    with pytest.raises(Exception, match="book_foreign_entry"):
        raw.sql("INSERT INTO people_registration VALUES (%s, 9, 1)", before.number)


def test_the_portal_s_pictures_and_files_come_back(
    books: World, office: Office, tmp_path: Path, media: Path
) -> None:
    before, file = bring(media), tmp_path / "so.dump"
    taken = (media / "documents/Kế hoạch 64.pdf").stat().st_mtime
    told = backup(office, file)
    assert told["files"] == len(before)
    assert told["size_bytes"] == file.stat().st_size > 3_500_000

    (media / "original_images/hoi-nghi.png").unlink()
    (media / "documents/Kế hoạch 64.pdf").write_bytes(b"%PDF-1.4 khac")
    (media / "documents/moi.pdf").write_bytes(b"moi")
    after = tree(media)
    done = json.loads(office.say("restore", file, "--replace", "--format", "json"))
    assert tree(media) == before
    assert int((media / "documents/Kế hoạch 64.pdf").stat().st_mtime) == int(taken)
    kept = Path(done["files_kept_in"])
    assert (done["files"], tree(kept)) == (len(before), after)
    assert sorted(media.parent.iterdir()) == sorted([media, kept])


def test_of_a_backup_without_files_none_are_there_afterwards(
    books: World, office: Office, tmp_path: Path, media: Path
) -> None:
    office.say("backup", tmp_path / "so.dump")
    before = bring(media)
    said = office.say("restore", tmp_path / "so.dump", "--replace")
    [kept] = [one for one in media.parent.iterdir() if one != media]
    assert f"former pictures and files are kept in the folder {kept}." in said
    assert (tree(media), tree(kept)) == ({}, before)


@pytest.mark.parametrize("place", ["content", "head", "end"])
def test_files_that_are_not_as_they_were(
    books: World, office: Office, tmp_path: Path, media: Path, place: str
) -> None:
    """One byte of a picture, of the tar around it, or of the digest."""
    bring(media)
    file = tmp_path / "so.dump"
    office.say("backup", file)
    where = saving_files.attached(file)
    at = {"content": where.end - 2_000_000, "head": where.begin + 2, "end": -1}[place]
    damaged = bytearray(file.read_bytes())
    damaged[at] ^= 1
    file.write_bytes(damaged)
    refused_untouched(office, file, "backup_broken")


@pytest.mark.parametrize("name", ["../ngoai", "/etc/ngoai", "a/../../ngoai", "."])
def test_no_file_is_put_elsewhere(name: str) -> None:
    with pytest.raises(ValueError, match=re.escape(name)):
        saving_files._inside(name)


def test_a_backup_that_is_stopped_among_the_files_leaves_none(
    books: World, office: Office, tmp_path: Path, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(media)
    seen: list[int] = []

    def stop(self: object, content: bytes) -> None:
        seen.append(len(content))
        if sum(seen) > 1_000_000:
            raise KeyboardInterrupt

    monkeypatch.setattr(saving_files._Hashed, "_through", stop)
    with pytest.raises(KeyboardInterrupt):
        office.say("backup", tmp_path / "so.dump")
    assert seen
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_can_not_be_read_is_named_and_one_that_is_gone_is_not_missed(
    books: World, office: Office, tmp_path: Path, media: Path
) -> None:
    before = bring(media)
    gone, round_and_round = media / "documents/da-xoa.pdf", media / "documents/vong.pdf"
    gone.symlink_to(media / "khong-co")
    assert backup(office, tmp_path / "so.dump")["files"] == len(before)
    round_and_round.symlink_to(round_and_round)
    said = office.refused("backup", tmp_path / "khac.dump")
    assert "[backup_failed]" in said
    assert "vong.pdf: it is a link" in said
    assert [file.name for file in tmp_path.iterdir()] == ["so.dump"]


def test_into_an_empty_office(books: World, office: Office, tmp_path: Path) -> None:
    """As on a new machine: no --replace is asked, and nothing empty is kept."""
    file, before, name = tmp_path / "so.dump", head(), database_name()
    office.say("backup", file)
    empty = f"{name}_empty"
    with looking_at(empty):  # not even a database
        said = office.say("restore", file)
        assert f"digest {before.digest.hex()}. Every check passed." in said
        assert "kept" not in said
        assert head() == before
    new = f"{name}_new"
    setting_up.create_embedded(embedded_place(), new)
    with looking_at(new):
        setting_up.migrate_and_grant()
        assert json.loads(office.say("restore", file, "--format", "json"))["kept_as"] is None
        assert head() == before
    assert databases(name) == [name, empty, new]


def test_books_that_are_not_empty_are_kept(books: World, office: Office, tmp_path: Path) -> None:
    office.say("backup", tmp_path / "so.dump")
    assert "[books_not_empty]" in office.refused("restore", tmp_path / "so.dump")


def test_a_file_is_not_overwritten(books: World, office: Office, tmp_path: Path) -> None:
    file = tmp_path / "so.dump"
    file.write_text("của người khác")
    assert "[file_there]" in office.refused("backup", file)
    assert file.read_text() == "của người khác"
    assert backup(office, file, "--force")["entry"] == head().number


@pytest.mark.parametrize("folder", ["/proc/sys", "/nowhere", "/dev/null"])
def test_a_folder_that_can_not_be_written(books: World, office: Office, folder: str) -> None:
    said = office.refused("backup", f"{folder}/so.dump")
    assert "[file_unwritable]" in said
    assert f"{folder}/so.dump" in said


@pytest.mark.parametrize("name", ["so" * 150, "/", "", "..", "{folder}"])
def test_what_is_no_name_of_a_file(books: World, office: Office, tmp_path: Path, name: str) -> None:
    said = office.refused("backup", name.format(folder=tmp_path), "--force")
    assert "[file_unwritable]" in said
    assert "it is a folder" in said or "the name is too long" in said


@contextmanager
def nobody_special() -> Iterator[None]:
    """An ordinary user for a while: root may look into every folder."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(pwd.getpwnam("nobody").pw_uid)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_folder_that_can_not_be_looked_into(tmp_path: Path) -> None:
    """One of another user's, as an ordinary user meets it; then of one's own, closed."""
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o000)
    with translation.override("en"):
        with nobody_special(), pytest.raises(FileUnwritable) as refused:
            save(closed / "so.dump", force=False, progress=lambda n: None)
        assert "can't be written: no right to it." in str(refused.value)


def test_leftovers_of_a_killed_backup(books: World, office: Office, tmp_path: Path) -> None:
    part = tmp_path / "so.dump.part"
    part.write_bytes(b"x" * 10_000_000)
    assert backup(office, tmp_path / "so.dump")["size_bytes"] < 10_000_000
    assert not part.exists()


def test_one_backup_to_a_file_at_a_time(books: World, office: Office, tmp_path: Path) -> None:
    with (tmp_path / "so.dump.part").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        assert "[backup_running]" in office.refused("backup", tmp_path / "so.dump")
    assert not (tmp_path / "so.dump").exists()


def test_a_backup_that_fails_leaves_no_file(books: World, office: Office, tmp_path: Path) -> None:
    """The owner may not read a table of somebody else's that stands in the database."""
    with server_of_postgres(database_name()) as superuser:
        superuser.execute("CREATE TABLE foreign_table (a int)")
    said = office.refused("backup", tmp_path / "so.dump")
    assert "[backup_failed]" in said
    assert "foreign_table" in said
    assert list(tmp_path.iterdir()) == []


def refused_untouched(office: Office, file: Path, code: str) -> str:
    """The file is refused, and the present books are as they were, with nothing beside them."""
    name, before = database_name(), head()
    there, rows, files = databases(name), contents(), tree(settings_of_django.PORTAL_MEDIA.parent)
    said = office.refused("restore", file, "--replace")
    assert f"[{code}]" in said
    assert (head(), contents(), databases(name)) == (before, rows, there)
    assert tree(settings_of_django.PORTAL_MEDIA.parent) == files
    return said


@pytest.mark.parametrize("kept", [0.9999, 0.9, 0.5, 0.02])
def test_a_truncated_file(books: World, office: Office, tmp_path: Path, kept: float) -> None:
    file = tmp_path / "so.dump"
    office.say("backup", file)
    file.write_bytes(file.read_bytes()[: int(file.stat().st_size * kept)])
    refused_untouched(office, file, "backup_broken")


def test_files_that_are_no_backup(books: World, office: Office, tmp_path: Path) -> None:
    text = tmp_path / "thu.txt"
    text.write_text("Kính gửi Ban Tổ chức")
    refused_untouched(office, text, "backup_foreign")
    (tmp_path / "empty").touch()
    refused_untouched(office, tmp_path / "empty", "backup_foreign")
    refused_untouched(office, tmp_path / "nowhere", "backup_unreadable")
    refused_untouched(office, tmp_path, "backup_unreadable")


def test_a_backup_of_something_else(books: World, office: Office, tmp_path: Path) -> None:
    file = tmp_path / "other.dump"
    at = {"host": connections["owner"].settings_dict["HOST"], "user": "postgres",
          "dbname": "postgres"}  # fmt: skip
    run_program("pg_dump", "--format=custom", f"--file={file}", at=at)
    refused_untouched(office, file, "backup_foreign")


def test_a_tampered_backup(books: World, office: Office, tmp_path: Path) -> None:
    """Somebody with the owner's role has changed a leg, and switched the guards on again."""
    file, number = tmp_path / "so.dump", head().number
    [(entry,)] = raw.sql("SELECT max(entry_id) FROM ledger_leg WHERE person_id IS NOT NULL")
    change = "UPDATE ledger_leg SET effective_on = effective_on {} 1 WHERE entry_id = %s"
    raw.damage("ledger_leg", change.format("-"), entry)
    office.say("backup", file)
    raw.damage("ledger_leg", change.format("+"), entry)
    office.say("verify")
    said = refused_untouched(office, file, "not_sound")
    assert f"entry {entry}" in said
    assert head().number == number


def test_a_backup_of_another_version(books: World, office: Office, tmp_path: Path) -> None:
    file = tmp_path / "so.dump"
    insert = "INSERT INTO django_migrations (app, name, applied) VALUES ('ledger', '0999_x', now())"
    raw.sql(insert, owner=True)
    office.say("backup", file)
    raw.sql("DELETE FROM django_migrations WHERE name = '0999_x'", owner=True)
    assert "ledger.0999_x" in refused_untouched(office, file, "version_differs")


def test_keys_of_names_made_elsewhere_are_made_anew(
    books: World, office: Office, tmp_path: Path
) -> None:
    """A backup from a machine with another collation."""
    file, keys = tmp_path / "so.dump", contents()["people_namekey"]
    raw.sql("UPDATE people_namekey SET made_with = 'khác', sort_key = '\\x00'", owner=True)
    office.say("backup", file)
    office.say("restore", file, "--replace")
    assert contents()["people_namekey"] == keys


def test_nobody_is_thrown_out(books: World, office: Office, tmp_path: Path) -> None:
    """While somebody works with the books they are not put aside."""
    file = tmp_path / "so.dump"
    office.say("backup", file)
    told = connection.get_connection_params()
    with psycopg.connect(host=told["host"], user=told["user"], dbname=told["dbname"]):
        refused_untouched(office, file, "books_in_use")


def test_leftovers_of_a_killed_restoration(books: World, office: Office, tmp_path: Path) -> None:
    file, name = tmp_path / "so.dump", database_name()
    office.say("backup", file)
    with server() as admin:
        admin.execute(f'CREATE DATABASE "{name}_restoring"')
    office.say("restore", file, "--replace")
    assert f"{name}_restoring" not in databases(name)


@pytest.fixture
def elsewhere(settings: Any) -> Iterator[str]:
    """As with DATABASE_URL: a server of somebody else's, where the owner is nobody special."""
    settings.EMBEDDED = False
    owner = f"chu_so_{os.getpid()}"
    with server_of_postgres() as admin:
        admin.execute(f"CREATE ROLE {owner} LOGIN IN ROLE {database.OWNER_ROLE}")
        yield owner
        with server_of_postgres(database_name()) as books:
            books.execute(f"REASSIGN OWNED BY {owner} TO postgres")
        admin.execute(f"REASSIGN OWNED BY {owner} TO postgres")
        admin.execute(f"DROP ROLE {owner}")


def server_of_postgres(name: str = "postgres") -> psycopg.Connection[Any]:
    host = connections["owner"].settings_dict["HOST"]
    return psycopg.connect(host=host, user="postgres", dbname=name, autocommit=True)


def test_on_another_server(books: World, office: Office, tmp_path: Path, elsewhere: str) -> None:
    file, before, name = tmp_path / "so.dump", head(), database_name()
    connections["owner"].close()
    connections["owner"].settings_dict["USER"] = elsewhere
    office.say("backup", file)
    assert elsewhere in refused_untouched(office, file, "may_not_create")

    with server_of_postgres() as admin:
        admin.execute(f"ALTER ROLE {elsewhere} CREATEDB")
        admin.execute(f'ALTER DATABASE "{name}" OWNER TO {elsewhere}')
    office.say("restore", file, "--replace")
    assert head() == before
    office.say("verify")
