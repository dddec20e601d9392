from pathlib import Path

import pytest

from freehold.config import ConfigError, ResourcePair, find, read


def test_the_nearest_settings_count(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.freehold]\nfail-on = "error"\n')
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "a" / "pyproject.toml").write_text("[project]\n")  # not ours
    assert find(inner).fail_on == "error"
    (tmp_path / "a" / "freehold.toml").write_text('fail-on = "warning"\n')
    assert find(inner).fail_on == "warning"
    assert find(inner).folder == tmp_path / "a"


def test_each_setting_is_read(tmp_path: Path) -> None:
    file = tmp_path / "freehold.toml"
    file.write_text(
        'include = ["inc"]\ndefine = ["A", "B=2"]\nundefine = ["C"]\nstd = "c11"\n'
        'exclude = ["x*"]\npedantic = true\nallow = ["FH0801"]\nbaseline = "known.json"\n'
        '[[resource]]\nacquire = "get"\nrelease = "put"\nfailure = "negative"\n'
    )
    settings = read(file)
    assert settings.include == (str(tmp_path / "inc"),)
    assert settings.define == (("A", "1"), ("B", "2"))
    assert settings.baseline == str(tmp_path / "known.json")
    assert settings.resources == (ResourcePair("get", "put", "get", "negative"),)
    assert (settings.undefine, settings.std, settings.exclude) == (("C",), "c11", ("x*",))
    assert settings.pedantic
    assert settings.allow == {"FH0801"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("fail_on = 1", "no setting is called `fail_on`"),
        ("fail-on = 1", "`fail-on` is to be a string"),
        ('fail-on = "note"', "is to be one of error, warning, hazard"),
        ("include = [1]", "`include` is to be a list of strings"),
        ('[[resource]]\nacquire = "a"', "needs `acquire` and `release`"),
        ("include = [", "freehold.toml"),
    ],
)
def test_what_is_wrong_is_said(text: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "freehold.toml"
    file.write_text(text)
    with pytest.raises(ConfigError) as caught:
        read(file)
    assert said in str(caught.value)
