# Builds what users of Windows install, into build\package: the folder dist\facet and an installer.
# Needs Python 3.11 or newer, LLVM (clang with Visual Studio's libraries) and Inno Setup 6 (iscc).
$ErrorActionPreference = "Stop"
Set-Location (Join-Path $PSScriptRoot "..\..")
$out = "build\package"
$python = "$out\venv\Scripts\python.exe"

function Invoke-Checked {
    param([string] $Program, [string[]] $Words)
    & $Program @Words
    if ($LASTEXITCODE -ne 0) { throw "$Program ended with code $LASTEXITCODE" }
}

if (-not (Test-Path $python)) { Invoke-Checked "python" @("-m", "venv", "$out\venv") }
$env:PATH = (Resolve-Path "$out\venv\Scripts").Path + ";" + $env:PATH
$env:CC = "clang"
$env:CXX = "clang++"
$pip = @("-m", "pip", "install", "-q", "-c", "packaging\constraints.txt")
Invoke-Checked $python ($pip + @("cmake", "ninja", "scikit-build-core"))
Invoke-Checked $python ($pip + @("--no-build-isolation", ".[package]"))
Invoke-Checked $python @("packaging\make_icons.py", "$out\icons")
Invoke-Checked $python @("-m", "app.licenses", $out)
Invoke-Checked "$out\venv\Scripts\pyinstaller.exe" @(
    "--noconfirm", "--log-level", "WARN", "--distpath", "$out\dist", "--workpath", "$out\work", "packaging\facet.spec")
Invoke-Checked $python @("packaging\check_bundle.py", "$out\dist\facet")
$version = & $python -c "from importlib.metadata import version; print(version('facet-gemma'))"
Invoke-Checked "iscc" @("/Q", "/DAppVersion=$version", "packaging\windows\facet.iss")
Get-ChildItem "$out\*.exe" | Format-Table Name, Length
