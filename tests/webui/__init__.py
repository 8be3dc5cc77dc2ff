"""The pages: who may open them, what protects them, how they read, and that nothing typed is lost."""
