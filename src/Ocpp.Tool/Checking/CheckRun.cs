using System.Text;
using Ocpp.Security;

namespace Ocpp.Tool.Checking;

/// <summary>One run of the command: checks all inputs, and reports.</summary>
internal sealed class CheckRun
{
    /// <summary>What shells give to a program that Ctrl-C ended.</summary>
    private const int Interrupted = 130;

    private readonly CheckSettings _settings;
    private readonly Func<Stream> _openStandardInput;
    private readonly TextWriter _output;
    private readonly TextWriter _error;
    private readonly Progress _progress;

    /// <summary>
    /// What is to be written next. A console writes each text at once, so it gets few and large ones.
    /// </summary>
    private readonly StringBuilder _pending = new();
    private readonly IReport _report;
    private readonly Summary _summary = new();

    /// <summary>Prepares the run.</summary>
    /// <param name="settings">How to check.</param>
    /// <param name="openStandardInput">Gives the standard input.</param>
    /// <param name="output">Where the report goes.</param>
    /// <param name="error">Where it is said which inputs can't be read, or hold nothing.</param>
    /// <param name="progress">Shows how far the check is.</param>
    public CheckRun(
        CheckSettings settings,
        Func<Stream> openStandardInput,
        TextWriter output,
        TextWriter error,
        Progress progress
    )
    {
        _settings = settings;
        _openStandardInput = openStandardInput;
        _output = output;
        _error = error;
        _progress = progress;
        _report = settings.IsJson ? new JsonReport(_pending) : new TextReport(_pending);
    }

    /// <summary>Checks all inputs, one after the other.</summary>
    /// <param name="files">The files; <c>-</c> is the standard input.</param>
    /// <param name="cancellationToken">Ends the run; what was found so far is reported.</param>
    /// <returns>
    /// 0 when all is valid, 1 when not, 2 when an input can't be read or has no frame, 130 when the run was ended.
    /// </returns>
    public async Task<int> RunAsync(IEnumerable<string> files, CancellationToken cancellationToken)
    {
        bool allRead = true;
        try
        {
            foreach (string file in files)
            {
                allRead &= await TryCheckAsync(file, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            _summary.IsInterrupted = true;
        }

        _report.Summary(_summary);
        Flush();
        return (_summary.IsInterrupted, allRead, _summary.Invalid) switch
        {
            (true, _, _) => Interrupted,
            (_, false, _) => CommandLine.Misuse,
            (_, _, > 0) => 1,
            _ => 0,
        };
    }

    private async Task<bool> TryCheckAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            await using Stream input = file == "-" ? _openStandardInput() : Open(file);
            long? length = input.CanSeek ? input.Length : null;
            var reader = new LineReader(input);
            await new InputCheck(file, _settings, _summary, _report).RunAsync(
                reader,
                () =>
                {
                    Flush();
                    _progress.Show(file, reader.BytesRead, length, _summary);
                },
                cancellationToken
            );
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            Warn(file, e.Message);
            return false;
        }
        finally
        {
            _progress.Clear();
        }
    }

    private static FileStream Open(string file) =>
        new(
            file,
            new FileStreamOptions
            {
                // A log may be written to while it is read, and moved away.
                Share = FileShare.ReadWrite | FileShare.Delete,
                Options = FileOptions.SequentialScan,
                BufferSize = 0,
            }
        );

    private void Warn(string file, string text)
    {
        Flush();
        _progress.Clear();
        _error.WriteLine(PrintableText.Of($"{file}: {text}", int.MaxValue));
    }

    private void Flush()
    {
        if (_pending.Length > 0)
        {
            _progress.Clear();
            _output.Write(_pending);
            _output.Flush();
            _pending.Clear();
        }
    }
}
