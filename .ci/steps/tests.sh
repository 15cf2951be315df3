# shellcheck shell=bash
# All tests on .NET 10, and those of the libraries on .NET 8.

needs_build
needs_postgresql
tests 'README: the tests, on .NET 10' Sdk.sln --no-build
check 'no test was skipped, those on PostgreSQL neither' none_skipped
tests 'what a message allocates, with optimizations' tests/unit/Ocpp.Sdk.Tests -c Release --filter FullyQualifiedName~ReceiveThreadTests
tests 'the tests of the runtime, on .NET 8' tests/unit/Ocpp.Sdk.Tests -p:TestFramework=net8.0
tests 'the tests of the messages of 2.0.1, on .NET 8' tests/unit/Ocpp.Sdk.V201.Tests -p:TestFramework=net8.0
tests 'the tests of the messages of 1.6, on .NET 8' tests/unit/Ocpp.Sdk.V16.Tests -p:TestFramework=net8.0
tests 'the tests of the messages of 2.1, on .NET 8' tests/unit/Ocpp.Sdk.V21.Tests -p:TestFramework=net8.0
tests 'the tests of the parts of a station, on .NET 8' tests/unit/Ocpp.Sdk.Stations.Tests -p:TestFramework=net8.0
tests 'the tests of the in-memory pair, on .NET 8' tests/unit/Ocpp.Sdk.Testing.Tests -p:TestFramework=net8.0
tests 'the tests of the endpoint, on .NET 8' tests/unit/Ocpp.Sdk.AspNetCore.Tests -p:TestFramework=net8.0
tests 'the tests of the certificates, on .NET 8' tests/unit/Ocpp.Sdk.Certificates.Tests -p:TestFramework=net8.0
tests 'the tests of the store in PostgreSQL, on .NET 8' tests/unit/Ocpp.Sdk.Certificates.PostgreSql.Tests -p:TestFramework=net8.0
tests 'the tests of hosted certificate signing, on .NET 8' tests/unit/Ocpp.Sdk.Certificates.Hosting.Tests -p:TestFramework=net8.0
