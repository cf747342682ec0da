; Inno Setup: the installer for Windows, of the folder that PyInstaller made. `iscc /DAppVersion=0.1.0 packaging\windows\facet.iss`.
; Installs for the current user, without administrator rights, unless the user asks for all users.
; Uninstalling leaves settings, chats and models, which lie elsewhere.

#ifndef AppVersion
  #error "Pass /DAppVersion=X.Y.Z"
#endif

[Setup]
AppId={{6E0F2C36-7E4B-4B0B-9C53-0B2B7A7B1D55}
AppName=Facet
AppVersion={#AppVersion}
AppPublisher=The Facet developers
DefaultDirName={autopf}\Facet
DefaultGroupName=Facet
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
LicenseFile=..\..\LICENSE
SetupIconFile=..\..\build\package\icons\facet.ico
UninstallDisplayIcon={app}\facet.exe
OutputDir=..\..\build\package
OutputBaseFilename=facet-{#AppVersion}-windows-x86_64
Compression=lzma2
SolidCompression=yes
WizardStyle=modern
ChangesAssociations=yes
CloseApplications=yes

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "de"; MessagesFile: "compiler:Languages\German.isl"

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; GroupDescription: "{cm:AdditionalIcons}"; Flags: unchecked
Name: "association"; Description: "{cm:AssocFileExtension,Facet,.sbs}"

[Files]
Source: "..\..\build\package\dist\facet\*"; DestDir: "{app}"; Flags: recursesubdirs createallsubdirs ignoreversion
Source: "..\..\LICENSE"; DestDir: "{app}"

[InstallDelete]
; A file of an earlier version that this one no longer has would be loaded all the same.
Type: filesandordirs; Name: "{app}\_internal"

[Icons]
Name: "{autoprograms}\Facet"; Filename: "{app}\facet.exe"
Name: "{autodesktop}\Facet"; Filename: "{app}\facet.exe"; Tasks: desktopicon

[Registry]
Root: HKA; Subkey: "Software\Classes\.sbs\OpenWithProgids"; ValueType: string; ValueName: "Facet.sbs"; ValueData: ""; Flags: uninsdeletevalue; Tasks: association
Root: HKA; Subkey: "Software\Classes\Facet.sbs"; ValueType: string; ValueData: "Gemma model weights"; Flags: uninsdeletekey; Tasks: association
Root: HKA; Subkey: "Software\Classes\Facet.sbs\DefaultIcon"; ValueType: string; ValueData: "{app}\facet.exe,0"; Tasks: association
Root: HKA; Subkey: "Software\Classes\Facet.sbs\shell\open\command"; ValueType: string; ValueData: """{app}\facet.exe"" ""%1"""; Tasks: association

[Run]
Filename: "{app}\facet.exe"; Description: "{cm:LaunchProgram,Facet}"; Flags: nowait postinstall skipifsilent
