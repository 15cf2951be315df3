namespace Ocpp.Stations.DeviceModels;

/// <summary>
/// Responds to the requests of the CSMS for a device model (part 2, B05 to B08), and sends the reports. A version of
/// OCPP derives from it, and has the messages.
/// </summary>
/// <typeparam name="TReportData">A variable in a report of the version.</typeparam>
public abstract class DeviceModelRequests<TReportData>
    where TReportData : class, IOcppPayload<TReportData>
{
    /// <summary>What a NotifyReport has around its items, in bytes, with the frame.</summary>
    private const int ReportOverhead = 256;

    private readonly DeviceModel _model;
    private readonly StationBoot _boot;

    /// <summary>Takes a device model.</summary>
    /// <param name="model">The device model.</param>
    /// <param name="boot">The registration of the station, through which reports are sent.</param>
    protected DeviceModelRequests(DeviceModel model, StationBoot boot)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(boot);
        _model = model;
        _boot = boot;
    }

    /// <summary>Adds the handlers of the version's requests.</summary>
    /// <param name="handlers">Where to register the handlers.</param>
    /// <exception cref="ArgumentException">One of the requests has a handler already.</exception>
    public abstract void AddTo(IOcppHandlers handlers);

    /// <summary>Adds the handler of a request to read variables (B06).</summary>
    /// <param name="handlers">Where to register the handler.</param>
    /// <param name="read">Reads what the request asks for.</param>
    /// <param name="write">Writes the response: a result for each item, in order.</param>
    protected void AddGet<TRequest, TResponse>(
        IOcppHandlers handlers,
        Func<TRequest, IReadOnlyList<VariableQuery>> read,
        Func<TRequest, IReadOnlyList<VariableReading>, TResponse> write
    )
        where TRequest : class, IOcppRequest<TRequest, TResponse>
        where TResponse : class, IOcppPayload<TResponse> =>
        handlers.On(
            (TRequest request, OcppRequestContext context) =>
            {
                IReadOnlyList<VariableQuery> queries = read(request);
                CheckSize(queries.Count, context);
                return write(
                    request,
                    [.. queries.Select(query => _model.Get(query.Component, query.Variable, query.Attribute))]
                );
            }
        );

    /// <summary>Adds the handler of a request to set variables (B05).</summary>
    /// <param name="handlers">Where to register the handler.</param>
    /// <param name="read">Reads what the request sets.</param>
    /// <param name="write">Writes the response: a result for each item, in order.</param>
    protected void AddSet<TRequest, TResponse>(
        IOcppHandlers handlers,
        Func<TRequest, IReadOnlyList<VariableSetting>> read,
        Func<TRequest, IReadOnlyList<VariableSetResult>, TResponse> write
    )
        where TRequest : class, IOcppRequest<TRequest, TResponse>
        where TResponse : class, IOcppPayload<TResponse> =>
        handlers.On(
            (TRequest request, OcppRequestContext context) =>
            {
                IReadOnlyList<VariableSetting> settings = read(request);
                CheckSize(settings.Count, context);
                return write(request, _model.Set(settings));
            }
        );

    /// <summary>Adds the handler of a request for a base report (B07).</summary>
    /// <param name="handlers">Where to register the handler.</param>
    /// <param name="requestId">Reads the id of the request.</param>
    /// <param name="kind">Reads which report it is.</param>
    /// <param name="write">Writes the response.</param>
    protected void AddBaseReport<TRequest, TResponse>(
        IOcppHandlers handlers,
        Func<TRequest, int> requestId,
        Func<TRequest, InventoryKind> kind,
        Func<ReportStatus, TResponse> write
    )
        where TRequest : class, IOcppRequest<TRequest, TResponse>
        where TResponse : class, IOcppPayload<TResponse> =>
        handlers.On(
            (TRequest request, OcppRequestContext context) =>
                write(Begin(requestId(request), _model.Inventory(kind(request)), context))
        );

    /// <summary>Adds the handler of a request for a custom report (B08).</summary>
    /// <param name="handlers">Where to register the handler.</param>
    /// <param name="requestId">Reads the id of the request.</param>
    /// <param name="criteria">Reads the criteria of components.</param>
    /// <param name="filters">Reads the filters of variables.</param>
    /// <param name="write">Writes the response.</param>
    protected void AddReport<TRequest, TResponse>(
        IOcppHandlers handlers,
        Func<TRequest, int> requestId,
        Func<TRequest, IReadOnlyList<ComponentCriterion>> criteria,
        Func<TRequest, IReadOnlyList<VariableFilter>> filters,
        Func<ReportStatus, TResponse> write
    )
        where TRequest : class, IOcppRequest<TRequest, TResponse>
        where TResponse : class, IOcppPayload<TResponse> =>
        handlers.On(
            (TRequest request, OcppRequestContext context) =>
            {
                IReadOnlyList<VariableFilter> wanted = filters(request);
                CheckSize(wanted.Count, context);
                return write(Begin(requestId(request), _model.Find(criteria(request), wanted), context));
            }
        );

    /// <summary>Returns a variable as an item of a report.</summary>
    /// <param name="variable">The variable.</param>
    protected abstract TReportData ToReportData(DeviceVariable variable);

    /// <summary>Sends a part of a report.</summary>
    /// <param name="boot">The registration of the station.</param>
    /// <param name="requestId">The id of the CSMS's request.</param>
    /// <param name="seqNo">The number of the part, from 0 on.</param>
    /// <param name="isContinued">Whether there are more parts.</param>
    /// <param name="variables">The items.</param>
    protected abstract Task SendAsync(
        StationBoot boot,
        int requestId,
        int seqNo,
        bool isContinued,
        IReadOnlyList<TReportData> variables
    );

    /// <summary>B06.FR.16, B06.FR.17, B08.FR.17, B08.FR.18.</summary>
    private void CheckSize(int items, OcppRequestContext context)
    {
        if (items > _model.ItemsPerMessage)
        {
            throw new OcppCallErrorException(
                OcppErrorCode.OccurrenceConstraintViolation,
                $"There must be at most {_model.ItemsPerMessage} items in a message."
            );
        }

        if (context.Size > _model.BytesPerMessage)
        {
            throw new OcppCallErrorException(
                OcppErrorCode.FormatViolation,
                $"A message must have at most {_model.BytesPerMessage} bytes."
            );
        }
    }

    private ReportStatus Begin(int requestId, IReadOnlyList<DeviceVariable> variables, OcppRequestContext context)
    {
        if (variables.Count == 0)
        {
            return ReportStatus.EmptyResultSet;
        }

        if (!_model.TryBeginReport())
        {
            return ReportStatus.Rejected;
        }

        context.OnCompleted(() => SendAsync(requestId, variables));
        return ReportStatus.Accepted;
    }

    /// <summary>Sends a report, in as many messages as it takes; what fails is logged, and ends it.</summary>
    private async Task SendAsync(int requestId, IReadOnlyList<DeviceVariable> variables)
    {
        Exception? failure = null;
        try
        {
            int next = 0;
            for (int seqNo = 0; next < variables.Count; seqNo++)
            {
                List<TReportData> part = TakePart(variables, ref next);
                await SendAsync(_boot, requestId, seqNo, next < variables.Count, part).ConfigureAwait(false);
            }
        }
        catch (OcppException exception)
        {
            failure = exception;
        }
        finally
        {
            _model.EndReport(failure);
        }
    }

    private List<TReportData> TakePart(IReadOnlyList<DeviceVariable> variables, ref int next)
    {
        var part = new List<TReportData>();
        int size = ReportOverhead;
        while (next < variables.Count && part.Count < _model.ItemsPerMessage)
        {
            TReportData data = ToReportData(variables[next]);
            size += OcppJson.ToUtf8Bytes(data).Length + 1;
            if (part.Count > 0 && size > _model.BytesPerMessage)
            {
                break;
            }

            part.Add(data);
            next++;
        }

        return part;
    }
}
