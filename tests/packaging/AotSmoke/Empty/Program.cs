Console.WriteLine($"{args.Length} arguments.");
return 0;
