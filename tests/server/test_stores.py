"""Stores: folders that nobody else can read, and that nothing but a store is taken for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kb.errors import InputError, NotFound, Refused, ServerError
from kb.server import files, stores, swap


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home without stores."""
    monkeypatch.setenv("KB_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def made(name: str) -> stores.Store:
    store = stores.find(name)
    store.create()
    return store


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such bits")
def test_a_store_is_closed_to_other_users() -> None:
    """Folders have mode 0700 and the file with the password 0600."""
    store = made("one")
    assert {path.stat().st_mode & 0o777 for path in (store.folder, *store.folder.glob("*/"))} == {0o700}
    assert store.card.stat().st_mode & 0o777 == 0o600


def test_every_store_has_a_password_of_its_own() -> None:
    """It is long, random, and stays when the store is opened again."""
    first, second = made("one"), made("two")
    assert len(first.password) >= 32
    assert first.password != second.password
    before = first.password
    first.create()
    assert first.password == before


def test_the_store_in_use_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """`KB_STORE` names it, else it is `default`."""
    assert stores.find().name == "default"
    monkeypatch.setenv("KB_STORE", "scratch")
    assert stores.find().name == "scratch"


@pytest.mark.parametrize("name", ["../x", "A", "x/y", ".", "-x", "ä", "x" * 41])
def test_a_name_cannot_leave_the_folder_of_stores(name: str) -> None:
    """Small letters, digits and hyphens only."""
    with pytest.raises(InputError, match="cannot name a store"):
        stores.find(name)


def test_a_folder_that_is_no_store_is_left_alone(own_home: Path) -> None:
    """It is neither listed, nor used, nor removed."""
    folder = own_home / "stores" / "photos"
    folder.mkdir(parents=True)
    (folder / "a.jpg").write_bytes(b"x")
    assert list(stores.every()) == []
    with pytest.raises(Refused, match="not a store of ours"):
        made("photos")
    with pytest.raises(Refused, match="nothing was removed"):
        stores.remove(stores.find("photos"))
    assert (folder / "a.jpg").exists()


def test_a_link_is_not_followed_when_a_store_is_removed(tmp_path: Path) -> None:
    """What lies behind a link is not ours to delete."""
    real = made("real")
    moved = tmp_path / "elsewhere"
    real.folder.rename(moved)
    real.folder.symlink_to(moved)
    with pytest.raises(Refused, match="nothing was removed"):
        stores.remove(real)
    assert (moved / "store.json").exists()


def test_a_removed_store_is_gone() -> None:
    """The others stay."""
    stores.remove(made("one"))
    made("two")
    assert [store.name for store in stores.every()] == ["two"]


def test_an_unknown_store_is_answered_with_the_nearest_name() -> None:
    """A slip of the key is named."""
    made("scratch")
    with pytest.raises(NotFound, match=r"No store named 'scrtch'\. Did you mean 'scratch'"):
        stores.known("scrtch")


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"password": 1}'])
def test_a_damaged_card_is_a_clear_error(text: str) -> None:
    """Without the password nobody can open the graph."""
    store = made("one")
    store.card.write_text(text, encoding="utf-8")
    with pytest.raises(ServerError, match="missing or damaged"):
        _ = store.password


def test_a_home_that_cannot_be_made_is_a_clear_error(own_home: Path) -> None:
    """The message names the settings that move it."""
    own_home.write_text("a file", encoding="utf-8")
    with pytest.raises(ServerError, match="Set KB_HOME"):
        made("one")


def test_a_full_disk_is_found_before_anything_begins(tmp_path: Path) -> None:
    """No disk has an exabyte."""
    with pytest.raises(ServerError, match="The disk is full"):
        files.need_room(tmp_path, 10**12)


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    """A failed write leaves the old file, and no rest."""
    path = tmp_path / "file"
    files.write_private(path, "old")
    with pytest.raises(UnicodeEncodeError):
        files.write_private(path, "new \ud800")
    assert [entry.read_text(encoding="utf-8") for entry in tmp_path.iterdir()] == ["old"]


def test_a_held_lock_is_a_clear_error(tmp_path: Path) -> None:
    """Whoever waits too long is told for what."""
    with (
        files.locked(tmp_path / "lock", 1, ""),
        pytest.raises(ServerError, match="busy with it"),
        files.locked(tmp_path / "lock", 0.1, "busy with it"),
    ):
        pass


def graph_of(store: stores.Store, text: str) -> Path:
    path = store.folder / "data" / "databases" / "neo4j" / "nodes"
    files.private(path.parent).joinpath("nodes").write_text(text, encoding="utf-8")
    return path


def test_a_graph_set_aside_can_be_put_back() -> None:
    """Also after a restore that was killed halfway: what it wrote meanwhile is dropped."""
    store = made("one")
    path = graph_of(store, "old")
    swap.set_aside(store)
    assert not path.exists()
    graph_of(store, "half of the new one")
    assert swap.put_back(store)
    assert path.read_text(encoding="utf-8") == "old"
    assert not swap.put_back(store)


def test_a_graph_that_was_replaced_does_not_come_back() -> None:
    """After a restore that went well the old graph is deleted."""
    store = made("one")
    graph_of(store, "old")
    swap.set_aside(store)
    path = graph_of(store, "new")
    swap.forget(store)
    assert not swap.put_back(store)
    assert path.read_text(encoding="utf-8") == "new"
    assert list((store.folder / "backups").iterdir()) == []
