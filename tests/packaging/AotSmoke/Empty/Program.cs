Console.WriteLine($"{Examples.Payload(args[0], "Heartbeat", "[2,").Length} bytes.");
return 0;
