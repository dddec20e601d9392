// exit: 42
// A program without findings keeps its own exit status.
int main(void)
{
    return 42;
}
