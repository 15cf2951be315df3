# shellcheck shell=bash
# What the build needs, the locked packages, the build with warnings as errors, formatting.

check 'tools for native publishing' native_tools
check 'packages are those that the lock files name' dotnet restore Sdk.sln --locked-mode -v quiet
check 'build, with warnings as errors' dotnet build Sdk.sln -v quiet
check 'formatting' formatting
is_built=1
has_native_tools=1
