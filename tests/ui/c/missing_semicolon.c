int main(void)
{
    int x = 1 //~ ERROR FH1101
    return x;
}
