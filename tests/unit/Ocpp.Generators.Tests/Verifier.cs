// Stands in for the package Verify.Xunit: the same names, the same files beside the test. To use the package instead,
// delete this file and reference the package.
global using VerifyXunit;
using System.Runtime.CompilerServices;
using System.Text;
using DiffEngine;
using Xunit;
using Xunit.Sdk;

namespace VerifyXunit
{
    /// <summary>Compares a text with the snapshot beside the test.</summary>
    public static class Verifier
    {
        private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

        /// <summary>
        /// Compares a text with <c>Class.Method.verified.extension</c>. When they differ, or when there is no such
        /// file, the text is written to <c>Class.Method.received.extension</c>, a diff tool is opened (never on a build
        /// server), and the test fails.
        /// </summary>
        /// <exception cref="XunitException">The text is not the verified one.</exception>
        public static async Task Verify(
            string target,
            string extension = "txt",
            [CallerFilePath] string sourceFile = "",
            [CallerMemberName] string method = ""
        )
        {
            // The test class is named as its file.
            string stem = Path.Combine(
                Path.GetDirectoryName(sourceFile)!,
                $"{Path.GetFileNameWithoutExtension(sourceFile)}.{method}"
            );
            string verifiedFile = $"{stem}.verified.{extension}";
            string receivedFile = $"{stem}.received.{extension}";
            if (await IsVerifiedAsync(target, verifiedFile, receivedFile))
            {
                return;
            }

            if (!DiffRunner.Disabled && !BuildServerDetector.Detected)
            {
                await DiffRunner.LaunchAsync(receivedFile, verifiedFile);
            }

            throw new XunitException(
                $"The text is not the verified one.\nReceived: {receivedFile}\nVerified: {verifiedFile}\n"
                    + "If the received text is right, give its file the verified one's name."
            );
        }

        /// <summary>
        /// Compares, whatever the line ends and byte order mark; leaves a received file when they differ, and none when
        /// not.
        /// </summary>
        internal static async Task<bool> IsVerifiedAsync(string target, string verifiedFile, string receivedFile)
        {
            if (
                File.Exists(verifiedFile)
                && ToUnixLines(await File.ReadAllTextAsync(verifiedFile)) == ToUnixLines(target)
            )
            {
                File.Delete(receivedFile);
                return true;
            }

            await File.WriteAllTextAsync(receivedFile, target, s_utf8);
            return false;
        }

        private static string ToUnixLines(string text) => text.TrimStart('\uFEFF').ReplaceLineEndings("\n");
    }
}

namespace Ocpp.Generators.Tests
{
    /// <summary>What stands in for the package must fail where the package would. In its file, to go with it.</summary>
    public sealed class VerifierTests : IDisposable
    {
        private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("verify-");

        private string Verified => Path.Combine(_directory.FullName, "Some.Test.verified.txt");

        private string Received => Path.Combine(_directory.FullName, "Some.Test.received.txt");

        public void Dispose() => _directory.Delete(recursive: true);

        [Fact]
        public async Task A_missing_verified_file_fails_and_leaves_the_received_one()
        {
            Assert.False(await Verifier.IsVerifiedAsync("a\n", Verified, Received));

            Assert.Equal("a\n", await File.ReadAllTextAsync(Received));
            Assert.False(File.Exists(Verified));
        }

        [Theory]
        [InlineData("a\n")]
        [InlineData("b")]
        [InlineData("B\n")]
        [InlineData("")]
        public async Task A_different_verified_file_fails_and_leaves_both(string verified)
        {
            await File.WriteAllTextAsync(Verified, verified);

            Assert.False(await Verifier.IsVerifiedAsync("b\n", Verified, Received));

            Assert.Equal("b\n", await File.ReadAllTextAsync(Received));
            Assert.Equal(verified, await File.ReadAllTextAsync(Verified));
        }

        [Theory]
        [InlineData("a\nb\n")]
        [InlineData("a\r\nb\r\n")]
        [InlineData("\uFEFFa\nb\n")]
        public async Task An_equal_verified_file_passes_and_removes_the_received_one(string verified)
        {
            await File.WriteAllTextAsync(Verified, verified);
            await File.WriteAllTextAsync(Received, "left behind");

            Assert.True(await Verifier.IsVerifiedAsync("a\nb\n", Verified, Received));

            Assert.False(File.Exists(Received));
        }
    }
}
