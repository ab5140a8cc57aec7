"""Speech by the engine that the system has, rendered to samples.

Each system brings one, or has one in its packages: ``say`` on macOS, System.Speech in
Windows' own PowerShell, espeak-ng on Linux. Rendering apart from playing makes words that
are known beforehand begin at once, and end at once when something else is to be said.
"""

from __future__ import annotations

import base64
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from abc import ABC, abstractmethod
from pathlib import Path

from posecoach.sound.samples import RATE, Samples, from_pcm, read_wav

LIMIT_S = 5.0
"""An engine that takes longer hangs; it is ended. ``say`` needs under a second a phrase."""
WORDS_A_MINUTE = 165
"""A little below the engines' own 175: heard across a room, by people who move."""
# The plain voices are British English and the Portuguese of Portugal; the words in these
# languages are American and Brazilian.
_ESPEAK_VOICES = {"en": "en-us", "pt": "pt-br"}
_LANGUAGE = re.compile(r"\b([a-z]{2})[_-][A-Za-z0-9]{2,}")


class Engine(ABC):
    """Turns words into samples, one language at a time.

    Attributes:
        name: For people.
    """

    name: str

    @abstractmethod
    def languages(self) -> frozenset[str]:
        """The languages it has voices for, as two letters."""

    @abstractmethod
    def render(self, text: str, language: str) -> Samples:
        """Speak into samples.

        Raises:
            OSError: It cannot be run, or what it gave is no sound.
            subprocess.SubprocessError: It failed, or hung and was ended.
        """

    def close(self) -> None:
        """End what may still run of it."""
        return


class EspeakNg(Engine):
    """espeak-ng, or the older espeak: small, and alike in every language.

    Args:
        command: Path of the program.
    """

    name = "espeak-ng"

    def __init__(self, command: str) -> None:
        self._command = command

    def languages(self) -> frozenset[str]:
        """From its list of voices: number, language, gender, name, file."""
        listed = subprocess.run(
            [self._command, "--voices"],
            capture_output=True,
            text=True,
            timeout=LIMIT_S,
            check=True,
        )
        rows = [line.split() for line in listed.stdout.splitlines()[1:]]
        return frozenset(row[1].split("-")[0] for row in rows if len(row) > 1)

    def render(self, text: str, language: str) -> Samples:
        """About 20 ms a phrase."""
        voice = _ESPEAK_VOICES.get(language, language)
        done = subprocess.run(
            [self._command, "-v", voice, "-s", str(WORDS_A_MINUTE), "--stdin", "--stdout"],
            input=text.encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=LIMIT_S,
            check=True,
        )
        return _samples(done.stdout)


class MacSay(Engine):
    """``say``, which comes with macOS.

    Args:
        command: Path of the program.
    """

    name = "the voices of macOS"

    def __init__(self, command: str) -> None:
        self._command = command
        self._voices: dict[str, str] | None = None

    def languages(self) -> frozenset[str]:
        """From its list of voices: ``Anna (German)      de_DE    # Hallo! ...``."""
        return frozenset(self._listed())

    def render(self, text: str, language: str) -> Samples:
        """Some tenths of a second a phrase, for it starts anew each time."""
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "said.wav"
            arguments = ["-o", str(file), f"--data-format=LEI16@{RATE}", "-r", str(WORDS_A_MINUTE)]
            voice = self._listed().get(language)
            arguments += ["-v", voice] if voice else []
            subprocess.run(
                [self._command, *arguments],
                input=text.encode(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=LIMIT_S,
                check=True,
            )
            return _samples(file.read_bytes())

    def _listed(self) -> dict[str, str]:
        if self._voices is None:
            listed = subprocess.run(
                [self._command, "-v", "?"],
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                stdin=subprocess.DEVNULL,
                timeout=LIMIT_S,
                check=True,
            )
            self._voices = {}
            for line in listed.stdout.decode("utf-8", "replace").splitlines():
                name, _, _ = line.partition("#")
                found = _LANGUAGE.search(name)
                if found:
                    # The first one listed for a language is the plain one.
                    self._voices.setdefault(found[1], name[: found.start()].strip())
        return self._voices


_SCRIPT = """
$ErrorActionPreference = 'Stop'
Add-Type -AssemblyName System.Speech
$voice = New-Object System.Speech.Synthesis.SpeechSynthesizer
$format = New-Object System.Speech.AudioFormat.SpeechAudioFormatInfo({rate}, 'Sixteen', 'Mono')
$tags = $voice.GetInstalledVoices() | Where-Object {{ $_.Enabled }} |
    ForEach-Object {{ $_.VoiceInfo.Culture.TwoLetterISOLanguageName }}
[Console]::Out.WriteLine(($tags | Sort-Object -Unique) -join ' ')
while ($line = [Console]::In.ReadLine()) {{
    try {{
        $language, $text = $line.Split(' ')
        $words = [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($text))
        $chosen = $voice.GetInstalledVoices() | Where-Object {{
            $_.Enabled -and $_.VoiceInfo.Culture.TwoLetterISOLanguageName -eq $language }}
        if ($chosen) {{ $voice.SelectVoice(@($chosen)[0].VoiceInfo.Name) }}
        $stream = New-Object System.IO.MemoryStream
        $voice.SetOutputToAudioStream($stream, $format)
        $voice.Speak($words)
        $voice.SetOutputToNull()
        [Console]::Out.WriteLine([Convert]::ToBase64String($stream.ToArray()))
    }} catch {{ [Console]::Out.WriteLine('-') }}
}}
"""


class WindowsSpeech(Engine):
    """System.Speech, in one PowerShell that is kept: starting it takes most of a second.

    Args:
        command: Path of ``powershell.exe``, the one that comes with Windows.
    """

    name = "the voices of Windows"

    def __init__(self, command: str) -> None:
        self._command = command
        self._process: subprocess.Popen[str] | None = None
        self._languages: frozenset[str] = frozenset()
        self._lock = threading.Lock()

    def languages(self) -> frozenset[str]:
        """Those of the voices that are installed."""
        with self._lock:
            self._started()
            return self._languages

    def render(self, text: str, language: str) -> Samples:
        """Some hundredths of a second a phrase."""
        words = base64.b64encode(text.encode()).decode("ascii")
        with self._lock:
            process = self._started()
            assert process.stdin is not None
            process.stdin.write(f"{language} {words}\n")
            process.stdin.flush()
            answer = self._answer(process)
        try:
            pcm = base64.b64decode(answer, validate=True)
        except ValueError as error:
            raise OSError(f"{self.name}: {text!r} could not be spoken") from error
        return from_pcm(pcm)

    def close(self) -> None:
        """End the PowerShell."""
        if self._process is not None:
            self._process.kill()
            self._process = None

    def _started(self) -> subprocess.Popen[str]:
        if self._process is None or self._process.poll() is not None:
            script = base64.b64encode(_SCRIPT.format(rate=RATE).encode("utf-16-le"))
            self._process = subprocess.Popen(
                [
                    *(self._command, "-NoLogo", "-NoProfile", "-NonInteractive"),
                    *("-EncodedCommand", script.decode("ascii")),
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="ascii",
                # Without it a console window flashes up.
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
            self._languages = frozenset(self._answer(self._process).split())
        return self._process

    def _answer(self, process: subprocess.Popen[str]) -> str:
        """Its next line; a PowerShell that says nothing is ended, which ends the wait."""
        assert process.stdout is not None
        watch = threading.Timer(4 * LIMIT_S, process.kill)
        watch.start()
        try:
            line = process.stdout.readline()
        finally:
            watch.cancel()
        if not line:
            raise OSError(f"{self.name} ended")
        return line.strip()


def find_engine() -> Engine | None:
    """The engine of this system, or None where there is none."""
    if sys.platform == "darwin":
        say = shutil.which("say")
        return MacSay(say) if say else None
    if sys.platform == "win32":
        powershell = shutil.which("powershell")
        return WindowsSpeech(powershell) if powershell else None
    espeak = shutil.which("espeak-ng") or shutil.which("espeak")
    return EspeakNg(espeak) if espeak else None


def _samples(wav: bytes) -> Samples:
    try:
        return read_wav(wav)
    except ValueError as error:
        raise OSError(str(error)) from error
