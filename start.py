"""Starts COPDash: `python3 start.py`; runs its tests: `python3 start.py --test`.

Standard library only. The first start makes a virtual environment in .venv; later ones take it as it is, and make it
again when the requirements have changed or when it is broken. Everything else on the command line is passed on.
"""

import hashlib
import ipaddress
import json
import os
import subprocess
import sys
from collections import deque
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036 - read by whatever Python is there
    sys.exit(
        "COPDash needs Python 3.11 or newer; this is Python {}.{}. Newer ones: https://www.python.org/downloads/".format(
            *sys.version_info
        )
    )

ROOT = Path(__file__).resolve().parent
STAMP = ".venv/copdash.json"
INGREDIENTS = ("pyproject.toml", "hatch_build.py")
PARTS = {"app": "requirements.txt", "tests": "requirements-dev.txt"}
NO_NETWORK = (
    "NewConnectionError",
    "NameResolutionError",
    "ConnectTimeoutError",
    "ReadTimeoutError",
    "Name or service not known",
    "Temporary failure in name resolution",
    "getaddrinfo failed",
    "Network is unreachable",
    "urlopen error",
)
# Tests without a browser run side by side; those in one form a group, and a group stays with one worker, in order.
IN_PARALLEL = ("--numprocesses=auto", "--maxprocesses=4", "--dist=loadgroup", "--no-loadscope-reorder")
# Quick to ask and enough to tell a sound environment from one that was cut off or deleted in part.
SOUND = (
    "import importlib.util as u, sys; "
    "sys.exit(not all(u.find_spec(m) for m in ('copdash', 'streamlit', 'sqlmodel', 'pip')))"
)


class Trouble(Exception):
    """Why COPDash cannot start, in a sentence for the person at the keyboard."""


def interpreter(root: Path) -> Path:
    """Where the virtual environment's Python is or will be."""
    return root / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def fingerprint(root: Path, part: str) -> str:
    """Changes when this part of the environment has to be installed again; also when the folder has moved."""
    digest = hashlib.sha256(str(root).encode())
    for name in (PARTS[part], *INGREDIENTS):
        digest.update(name.encode() + b"\0" + (root / name).read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()


def stamps(root: Path) -> dict[str, str]:
    """The fingerprints of what was installed to the end; empty where there is nothing or nothing readable."""
    try:
        found = json.loads((root / STAMP).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def is_ready(root: Path, part: str) -> bool:
    """Whether this part was installed to the end, from these files, and still answers."""
    return stamps(root).get(part) == fingerprint(root, part) and is_sound(root)


def is_sound(root: Path) -> bool:
    """Whether the environment's Python starts and finds COPDash with its browser libraries."""
    if not (root / "copdash" / "components" / "boards" / "vendor" / "contents.json").exists():
        return False
    return answers(interpreter(root), SOUND)


def answers(python: Path, question: str) -> bool:
    """Whether this Python starts and agrees."""
    try:
        # Not in ROOT, where the folder copdash would be found although it is not installed.
        result = subprocess.run([str(python), "-I", "-c", question], capture_output=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return result.returncode == 0


def set_up(root: Path, part: str) -> None:
    """Make or mend the environment; raises `Trouble`. An empty stamp stands while it is under way."""
    current = {name: stamp for name, stamp in stamps(root).items() if stamp == fingerprint(root, name)}
    stamp_file = root / STAMP
    was_cut_off = stamp_file.exists() and not stamps(root)
    if was_cut_off or not answers(interpreter(root), "import pip"):
        current = {}
        make_environment(root)
    install(root, part)
    if not is_sound(root):  # pip trusts its own records, even where files are gone
        current = {}
        make_environment(root)
        install(root, part)
    if not is_sound(root):
        raise Trouble("The installation is incomplete. Delete the folder .venv and start again.")
    current |= {part: fingerprint(root, part), "app": fingerprint(root, "app")}  # the tests' part contains the app's
    stamp_file.write_text(json.dumps(current), "utf-8")
    say("Ready.")


def install(root: Path, part: str) -> None:
    """Everything this part needs, then COPDash itself as it lies here."""
    (root / STAMP).write_text("{}", "utf-8")
    say("Installing what COPDash needs. This happens once and takes a minute or two ...")
    pip(root, "install", "--requirement", PARTS[part])
    say("Installing COPDash and its browser libraries ...")
    pip(root, "install", "--no-deps", "--editable", ".")


def make_environment(root: Path) -> None:
    """A new virtual environment, in place of whatever is there."""
    folder = root / ".venv"
    say("Making a Python environment in the folder .venv ...")
    try:
        import ensurepip  # noqa: F401 - Debian and Ubuntu keep it in a package of its own
        import venv
    except ImportError:
        raise Trouble(
            "This Python cannot make virtual environments. On Debian and Ubuntu: sudo apt install python3-venv"
        ) from None
    try:
        venv.create(folder, clear=True, with_pip=True, symlinks=os.name != "nt")
    except (OSError, subprocess.CalledProcessError) as error:
        raise Trouble(
            f"The folder {folder} could not be made ({error}). Close programs that use it, or delete it, and try again."
            " On Debian and Ubuntu this may help: sudo apt install python3-venv"
        ) from None


def pip(root: Path, *arguments: str) -> None:
    """Run the environment's pip and show how far it is; raises `Trouble` with the reason when it fails."""
    command = [str(interpreter(root)), "-m", "pip", *arguments]
    environment = os.environ | {
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_NO_INPUT": "1",
        "PIP_PROGRESS_BAR": "off",
        "PYTHONIOENCODING": "utf-8",
    }
    last: deque[str] = deque(maxlen=200)
    count = 0
    with subprocess.Popen(
        command,
        cwd=root,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as running:
        assert running.stdout is not None
        for line in running.stdout:
            last.append(line.rstrip())
            if line.startswith("Collecting "):
                count += 1
                progress(f"{count} packages: {line.split()[1]}")
            elif line.startswith("Installing collected"):
                progress(f"{count} packages downloaded, unpacking them")
    progress("")
    if running.returncode:
        raise Trouble(reason(last))


def reason(lines: deque[str]) -> str:
    """Why pip failed, from what it said last."""
    text = "\n".join(lines)
    if any(sign in text for sign in NO_NETWORK):
        return (
            "COPDash could not be installed because a download failed. The first start needs the internet (later ones "
            "do not): check the connection, or your proxy settings, and start again."
        )
    if "No space left" in text:
        return "COPDash could not be installed because the disk is full. It needs about 1 GB."
    return "\n".join([*list(lines)[-25:], "", "COPDash could not be installed; the lines above say why."])


def progress(text: str) -> None:
    """One line that is written over; nothing where the output is kept in a file."""
    if sys.stdout.isatty():
        print(f"\r  {text:<70}" if text else f"\r{'':<72}\r", end="", flush=True)


def say(sentence: str) -> None:
    """A sentence about what happens now."""
    print(sentence, flush=True)


def check_address(arguments: list[str]) -> None:
    """Raise `Trouble` for an address that others could reach. Streamlit would look it up before COPDash is asked."""
    given = os.environ.get("STREAMLIT_SERVER_ADDRESS") or None  # Streamlit takes an empty one for none
    for option, value in zip(arguments, [*arguments, ""][1:], strict=True):
        if option.partition("=")[0] == "--server.address":
            given = option.partition("=")[2] if "=" in option else value
    try:
        is_own = given is None or given.lower() == "localhost" or ipaddress.ip_address(given).is_loopback
    except ValueError:
        is_own = False
    if not is_own:
        raise Trouble(
            f"COPDash cannot start. The address {given or '(none, which stands for all)'} would open it to other "
            "computers, and it asks nobody to sign in. Leave the address away, and to serve others put a proxy with "
            "HTTPS and a login in front (README, «To serve others»)."
        )


def hand_over(command: list[str]) -> int:
    """Go on as this command: in place of this process, or on Windows as its child. Ctrl+C ends both quietly."""
    sys.stdout.flush()
    if os.name != "nt":
        os.execv(command[0], command)
    with subprocess.Popen(command) as running:
        while True:
            try:
                return running.wait()
            except KeyboardInterrupt:  # the child got it too and is ending
                continue


def main(arguments: list[str]) -> int:
    """Set up what is missing, then run the app or the tests."""
    testing = "--test" in arguments
    arguments = [argument for argument in arguments if argument != "--test"]
    part = "tests" if testing else "app"
    os.chdir(ROOT)
    try:
        if not testing:
            check_address(arguments)
        if not is_ready(ROOT, part):
            set_up(ROOT, part)
    except KeyboardInterrupt:
        say("\nStopped. The next start installs it again.")
        return 130
    except Trouble as trouble:
        print(f"\n{trouble}", file=sys.stderr)
        return 1
    python = str(interpreter(ROOT))
    if testing:
        return hand_over([python, "-m", "pytest", *IN_PARALLEL, *arguments])
    say("COPDash starts; open the address below in a browser. Ctrl+C ends it.")
    return hand_over([python, "-m", "streamlit", "run", "app.py", *arguments])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
