"""What the platform keeps: tables, and the functions that read and write them within a transaction."""
